"""Lines of a page that are no part of its article, by the words they begin with."""

import re

# Each alternative is the beginning of a line. English, Arabic, Russian; then Ukrainian, Persian,
# German, French, Spanish, Turkish.
_SHARING = (
    r"share(?: (?:this|on|via|article|story|with)\b|:|$)|tweet(?: this)?$|e-?mail(?: this| article)?$|print(?: this| article)?$|copy link|save article|bookmark"
    r"|(?:facebook|twitter|x|whatsapp|telegram|linkedin|reddit|instagram|youtube|vk|viber|ok|tiktok|threads|bluesky|e-?mail|print|copy link)(?:[\s|,·•/]+(?:facebook|twitter|x|whatsapp|telegram|linkedin|reddit|instagram|youtube|vk|viber|ok|tiktok|threads|bluesky|e-?mail|print|copy link))*$"
    r"|شارك(?:ها|وا)?(?: |:|$)|مشاركة(?: |:|$)|انشر|طباعة|نسخ الرابط|فيسبوك|تويتر|واتساب|تلغرام|поделиться|поделитесь|отправить ссылку|скопировать ссылку|версия для печати|распечатать"
    r"|поділитися|به اشتراک|اشتراک‌گذاری|teilen(?:$|:| auf)|drucken$|partager|compartir|paylaş"
)
_FOLLOWING = (
    r"subscribe|sign up|newsletter|get (?:our|the) (?:newsletter|app)|follow us|join (?:us|our)|download (?:our|the) app|log ?in\b|sign ?in\b|register$|create (?:an )?account|support (?:us|our)|donate"
    r"|اشترك|الاشتراك|النشرة البريدية|تابعونا|تابعنا|انضم|سجل(?: الآن|ي)|تسجيل الدخول|حمل التطبيق|подписаться|подпишитесь|подписывайтесь|подписка|рассылка|следите за|войти$|вход$|регистрация$|зарегистрир"
    r"|підпис(?:атися|уйтесь)|عضویت|خبرنامه|abonnieren|jetzt abonnieren|anmelden$|abonnez|s'abonner|suscr[ií]b|abone ol"
)
_RELATED = (
    r"related(?: (?:articles?|stories|news|topics|content|posts|links|reading|coverage))?\s*:?$|related:|read (?:more|also|next)(?::|$| )|see also|more (?:from|on|stories|news)\b|most (?:read|popular|viewed)|popular (?:now|stories|articles)|recommended|trending|you (?:may|might) (?:also )?like|latest (?:news|stories)|up next|editor'?s picks?|also read|don'?t miss|previous (?:article|post|story)|next (?:article|post|story)"
    r"|اقرأ (?:أيضا|أيضًا|المزيد|ايضا)|إقرأ|اقرؤوا|مواضيع ذات|مقالات ذات|أخبار ذات|ذات صلة|الأكثر (?:قراءة|مشاهدة|تداولا)|قد (?:يهمك|يعجبك)|المزيد (?:من|حول)|آخر الأخبار|читайте также|читать (?:далее|также|ещё|еще)|смотрите также|по теме\b|также по теме|материалы по теме|похожие (?:новости|статьи|материалы)|ещё по теме|еще по теме|рекомендуем|самое (?:читаемое|популярное)|популярное|последние новости|другие новости"
    r"|читайте (?:також|теж)|за темою|مطالب مرتبط|بیشتر بخوانید|پربیننده|lesen sie auch|mehr zum thema|das könnte sie|à lire aussi|lire aussi|sur le même sujet|lea también|te puede interesar|ayrıca oku|ilgili haberler"
)
_COMMENTING = (
    r"\(?\d+\)? ?comments?(?:\(s\))?|comments?(?:\s*[(:]|$| \d| policy| are| section| off)|no comments|leave a (?:comment|reply)|post a comment|add (?:a|your) comment|write a comment|join the (?:conversation|discussion)|comment policy|do you like this|did you (?:like|find|enjoy)|was this (?:article|page|story)|rate this|report (?:an )?(?:error|typo)|.{0,30}\bdenotes required|your (?:name|e-?mail)\b|name \*|e-?mail \*|captcha|required fields"
    r"|(?:[\d٠-٩]+ )?(?:تعليقات?|تعليقًا)(?:\s*[(:]|$)|التعليقات|اترك تعليق|أضف تعليق|اكتب تعليق|سياسة التعليق|هل أعجب(?:ك|تك)|قيم (?:هذا )?المقال|الحقول (?:المطلوبة|الإلزامية)|(?:\d+ )?комментари(?:и|ев|й|я)(?:\s*[(:]|$| \d| к )|оставить комментарий|добавить комментарий|написать комментарий|обсуд(?:ить|ите|ение)|правила (?:комментирования|общения)|понравил(?:ась|ся|ся ли|ась ли)|оцените (?:статью|материал)|нашли ошибку|заметили ошибку|сообщить об ошибке|обязательные поля"
    r"|(?:\d+ )?коментар(?:і|ів|ар)|залишити коментар|نظرات|نظر (?:بدهید|شما)|kommentare?(?:\s*[(:]|$)|kommentieren|commentaires?(?:\s*[(:]|$)|laisser un commentaire|coment[aá]rios?(?:\s*[(:]|$)|deja un comentario|yorumlar?(?:\s*[(:]|$)"
)
_LEGAL = (
    r"(?:we|this (?:site|website)|our (?:site|website|partners)) (?:and our partners )?uses? cookies|cookies?(?: policy| settings| preferences|$)|accept(?: all| cookies|$)|reject all|manage (?:cookies|preferences|consent)|privacy(?: policy| notice|$)|terms (?:of|and)|all rights reserved|(?:copyright )?© ?\d{4}|copyright (?:©|\d{4})|contact us|about us|advertise(?: with|$)|advertisement|sponsored|ads? by|continue reading below|skip to|back to top|scroll|menu$|search$|home$|close$|listen to this|\d+ min(?:ute)?s? read|reading time|tags?\s*[:\n]|topics?\s*[:\n]|keywords?\s*[:\n]"
    r"|نستخدم (?:ملفات|الكوكيز)|(?:هذا|يستخدم هذا) الموقع|ملفات تعريف الارتباط|موافق$|قبول|سياسة الخصوصية|شروط الاستخدام|جميع الحقوق|حقوق النشر|اتصل بنا|من نحن|إعلان|الرئيسية|القائمة|بحث$|استمع|وقت القراءة|وسوم|الكلمات (?:المفتاحية|الدلالية)|мы используем|(?:этот|наш) сайт использует|(?:сайт|на сайте) использу(?:ет|ются)|файлы cookie|принять(?: все|$)|политика конфиденциальности|пользовательское соглашение|условия использования|все права защищены|о нас$|контакты$|реклама|на правах рекламы|главная|меню$|поиск$|время чтения|теги\s*:|метки\s*:"
    r"|ми використовуємо|усі права|всі права|реклама|تمامی حقوق|برچسب|alle rechte vorbehalten|datenschutz|impressum|wir verwenden cookies|anzeige$|werbung$|tous droits réservés|nous utilisons des cookies|mentions légales|publicité$|todos los derechos|utilizamos cookies|publicidad$|tüm hakları|reklam$"
)
_NOISE = re.compile(
    rf"^[\s>»›•·*|\[({{←→▼▲✕×+-]*(?:{_SHARING}|{_FOLLOWING}|{_RELATED}|{_COMMENTING}|{_LEGAL})",
    re.IGNORECASE,
)
_ENDING = re.compile(rf"^[\s>»›•·*|\[(]*(?:{_COMMENTING})", re.IGNORECASE)
_RELATED_LINE = re.compile(rf"^[\s>»›•·*|\[(]*(?:{_RELATED})", re.IGNORECASE)
_LONGEST_LINE = 18  # words
_LONGEST_NOTICE = 70
_NOTICE = re.compile(
    r"\bcookies?\b|файл(?:ы|ов) cookie|تعريف الارتباط|privacy policy|all rights reserved|subscri|newsletter|подпис|рассылк|النشرة",
    re.IGNORECASE,
)
_SIGNING = re.compile(
    r"\b(?:follow (?:him|her|us|them|me|@\w+)\b.{0,30}\b(?:on|at)\b|(?:may|can) be reached at|contact the (?:author|reporter|writer)|get in touch (?:at|with)|e-?mail (?:him|her|me|us) at"
    r"|\bcomments? .{0,80}(?:moderated|will (?:not )?be (?:approved|published|removed))|\bcoment[aá]rios .{0,100}(?:aprovad|moderad|publicad|ofens)|\bkommentare .{0,80}(?:moderiert|freigeschaltet|gelöscht)"
    r"|комментари\w* .{0,80}(?:модер|удал)|التعليقات .{0,80}(?:نشر|حذف|إدارة)"
    r"|click here (?:to|for)|get the latest .{0,60}(?:inbox|newsletter)|subscribe to (?:our|the)|sign up (?:for|to) (?:our|the)|have a tip\?)",
    re.IGNORECASE,
)
_SIGNING_WORDS = 45


def is_signing(line: str) -> bool:
    """Tell whether a short paragraph is the newsroom speaking of itself: contacts, offers."""
    return len(line.split()) <= _SIGNING_WORDS and bool(_SIGNING.search(line))


def is_noise(line: str) -> bool:
    """Tell whether a line asks, offers or announces something beside the article."""
    if _NOISE.match(line) is None:
        return False
    words = len(line.split())
    return words <= _LONGEST_LINE or (words <= _LONGEST_NOTICE and bool(_NOTICE.search(line)))


def ends_article(line: str) -> bool:
    """Tell whether a line opens what follows an article: comments, ratings, forms."""
    return len(line.split()) <= _LONGEST_LINE and bool(_ENDING.match(line))


def opens_related(line: str) -> bool:
    """Tell whether a line opens a list of other articles."""
    return len(line.split()) <= _LONGEST_LINE and bool(_RELATED_LINE.match(line))
