"""What a saved page shows in place of the page: a cookie wall, a log-in, a check, nothing at all."""

import re
from collections.abc import Sequence

from casefile.extract.html_blocks import Block
from casefile.extract.html_tree import Element

CHECK = "this is a check for robots, not the page that was wanted"
LOG_IN = "this is a log-in page, not the page that was wanted"
COOKIES = "this is a cookie wall: it asks for consent and shows no article"
EMPTY = "the page is an empty shell: a script fills it in, and nothing of that was saved"
ERROR = "this is an error page of the server, not the page that was wanted"
_BODY_WORDS = 120  # of an article: with more of them, whatever else is there stands beside it
_SHORT = 350  # words of all that is shown
_NOTHING = 25
_FEW = 80
_SENTENCE = 15  # words of running text
_HEADINGS = frozenset({"h1", "h2"})
_CONSENT_SHARE = 0.4

_CHECKS = re.compile(
    r"just a moment|attention required|checking (?:if the site|your browser)|verif(?:y|ying) (?:that )?you are (?:a )?human|are you (?:a )?(?:human|robot)|not a robot|unusual traffic"
    r"|pardon our interruption|enable javascript and cookies to continue|please enable js and disable any ad blocker|ddos protection|security check|complete the captcha|human verification|press (?:&|and) hold"
    r"|bot (?:detection|verification)|access to this page has been denied|request unsuccessful\. incapsula"
    r"|проверк[аи] (?:браузера|безопасности)|вы (?:не )?робот|не робот|подозрительн\w+ (?:трафик|активность)|доступ (?:временно )?ограничен|подтвердите, что (?:вы|запросы)"
    r"|لست روبوت|لست برنامج روبوت|التحقق من (?:أنك|المتصفح|الأمان)|جار[ٍي]? التحقق|ربات نیستید|kein roboter|pas un robot|no (?:eres|soy) un robot|robot olmadığınızı",
    re.IGNORECASE,
)
_CHECK_MARKS = re.compile(
    r"cf-challenge|challenge-platform|cf_chl_|_Incapsula_Resource|px-captcha|captcha-delivery\.com|ddos-guard|recaptcha/api|hcaptcha\.com/1|challenges\.cloudflare|smartcaptcha|awswaf",
    re.IGNORECASE,
)
_ENTRY = re.compile(
    r"\blog[ -]?(?:in|on)\b|\bsign[ -]?in\b|\bsign up\b|password|create (?:an |new )?account|anmelden|einloggen|passwort|se connecter|connexion|mot de passe|iniciar sesión|contraseña|giriş yap|şifre"
    r"|вход\b|войти|войдите|пароль|авторизац|регистрац|увійти|تسجيل (?:الدخول|دخول)|كلمة (?:المرور|السر)|ورود|رمز عبور|گذرواژه",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"cookie|consent|gdpr|personal(?:i[sz]ed)? (?:data|ads|advertising)|privacy (?:policy|notice|settings|choices|preferences)|we (?:value|care about|respect) your privacy|our (?:\d+ )?partners|legitimate interest|before you continue"
    r"|datenschutz|einwilligung|zustimm|werbe(?:frei|tracking)|données personnelles|consentement|nos partenaires|datos personales|consentimiento|kişisel veri|çerez"
    r"|файл\w* cookie|куки|персональн\w+ данн|согласи[ея]|конфиденциальност|ملفات تعريف الارتباط|الكوكيز|الخصوصية|موافق|کوکی|حریم خصوصی",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"accept|agree|reject|decline|manage|allow|akzeptieren|ablehnen|zustimmen|accepter|refuser|aceptar|rechazar|kabul|принять|согласен|отклонить|разрешить|قبول|أوافق|موافق|رفض|پذیرش|می‌پذیرم",
    re.IGNORECASE,
)
_ERRORS = re.compile(
    r"^(?:error )?(?:40[0134]|410|429|50[0234])\b|\b(?:40[034]|50[0234])(?: -|:| \|)? ?(?:error|not found|forbidden|bad gateway|service)|page (?:was |could )?not (?:be )?found|(?:the )?page (?:you|you're) .{0,40}(?:not|doesn)|access denied|forbidden|service unavailable|bad gateway"
    r"|страниц[аы] не найден|ошибка (?:404|50\d)|сторінк[уа] не знайдено|الصفحة غير موجودة|لم يتم العثور|صفحه .{0,15}یافت نشد|seite (?:wurde )?nicht gefunden|page (?:introuvable|non trouvée)|página no encontrada|sayfa bulunamadı",
    re.IGNORECASE,
)
_SCRIPTED = ("root", "app", "__next", "__nuxt", "main-app", "react-root", "application", "svelte")
_NEEDS_SCRIPT = re.compile(
    r"enable java ?script|java ?script (?:is )?(?:required|disabled|to run)|requires java ?script|without java ?script|activate java ?script|javascript aktivieren|activer javascript|включите javascript|тревует javascript|تفعيل (?:ال)?جافا ?سكريبت|تمكين جافا",
    re.IGNORECASE,
)


def trouble_with(
    root: Element, markup: str, blocks: Sequence[Block], body: str, title: str | None
) -> str | None:
    """Say in one sentence what the page shows in place of an article; None where it shows one."""
    if len(body.split()) >= _BODY_WORDS:
        return None
    shown = "\n".join(block.text for block in blocks)
    words = len(shown.split())
    if words > _SHORT:
        return COOKIES if _is_consent(blocks, body, words) else None
    named = f"{title or ''}\n{_first_lines(blocks)}"
    headed = "\n".join([title or "", *(b.text for b in blocks if b.tag in _HEADINGS)])
    failed = _ERRORS.search((title or "").strip()) or (words < 120 and _ERRORS.search(named))
    found = (
        (CHECK, _is_check(markup, shown, named)),
        (LOG_IN, _is_entry(root, shown, headed)),
        (COOKIES, _is_consent(blocks, body, words)),
        (ERROR, bool(failed)),
        (EMPTY, _is_empty(root, shown, words)),
    )
    return next((said for said, holds in found if holds), None)


def _first_lines(blocks: Sequence[Block]) -> str:
    return "\n".join(block.text for block in blocks[:3])


def _is_check(markup: str, shown: str, named: str) -> bool:
    """Tell a check: it says so above, or says so anywhere and carries the marks of one."""
    if _CHECKS.search(named):
        return True
    return bool(
        _CHECK_MARKS.search(markup) and (_CHECKS.search(shown) or len(shown.split()) < _NOTHING)
    )


def _is_entry(root: Element, shown: str, headed: str) -> bool:
    """Tell a log-in: it asks for a password, and says so above or has little else to say."""
    words = len(shown.split())
    if any(
        len(line.split()) >= _SENTENCE and not _ENTRY.search(line) for line in shown.split("\n")
    ):
        return False
    if any(field.get("type", "").lower() == "password" for field in root.iter("input")):
        return bool(_ENTRY.search(headed)) or (words < _FEW and bool(_ENTRY.search(shown)))
    return bool(_ENTRY.search(headed)) and words < _FEW


def _is_consent(blocks: Sequence[Block], body: str, words: int) -> bool:
    """Tell a cookie wall: it speaks of consent in much of what it shows, and has a button to agree."""
    about = sum(len(b.text.split()) for b in blocks if _CONSENT.search(b.text))
    asked = any(_ASKED.search(b.text) for b in blocks if len(b.text.split()) <= 6)
    rest = len(body.split()) if not _CONSENT.search(body) else 0
    return asked and about >= 12 and about >= _CONSENT_SHARE * words and rest < 40


def _is_empty(root: Element, shown: str, words: int) -> bool:
    """Tell a shell: it shows next to nothing, and has a script and a place that it fills."""
    if words > 2 * _NOTHING:
        return False
    if _NEEDS_SCRIPT.search(shown):
        return True
    scripts = next(root.iter("script"), None) is not None
    places = any(
        element.get("id", "") in _SCRIPTED and not "".join(element.itertext()).strip()
        for element in root.iter("div", "main", "section")
    )
    return scripts and (places or words < 5)
