import pytest

from casefile.extract import html
from casefile.extract.context import Context
from casefile.extract.html_quality import CHECK, COOKIES, EMPTY, ERROR, LOG_IN

PROSE = (
    "<p>The council met on Monday to hear the report about the bridge, and it agreed, after a long"
    " debate with many speakers, that the works should begin in spring.</p>"
) * 6
FORM = "<form><label>E-mail<input type=email></label><label>Password<input type=password></label><button>Go</button></form>"


def trouble(body: str, title: str = "The Messenger", head: str = "") -> str | None:
    page = f"<html><head><meta charset=utf-8><title>{title}</title>{head}</head><body>{body}</body></html>"
    draft = html.read(page.encode(), Context("x.html"))
    draft.check()
    known = {CHECK, COOKIES, EMPTY, ERROR, LOG_IN}
    return next((w for w in draft.warnings if w in known), None)


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Just a moment...", "<h1>a.org</h1><p>Checking if the site connection is secure</p>"),
        ("a.org", "<h2>Please verify you are a human</h2><div id=px-captcha></div>"),
        ("", "Request unsuccessful. Incapsula incident ID: 703000160143928249"),
        ("Проверка браузера", "<p>Подождите несколько секунд</p><script src=x></script>"),
        ("تحقق", "<h1>جارٍ التحقق من أنك لست روبوتًا</h1>"),
        (
            "a.org",
            "<p>DDoS protection by DDoS-Guard</p><script src='/.well-known/ddos-guard/x.js'></script>",
        ),
    ],
)
def test_checks_for_robots(title: str, body: str) -> None:
    assert trouble(body, title) == CHECK


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Log in | Network", f"<h1>Log in to Network</h1>{FORM}<a>Forgot password?</a>"),
        ("Network", f"<h1>Вход</h1>{FORM}"),
        ("الشبكة", f"<h2>تسجيل الدخول</h2>{FORM}"),
        ("Einloggen", f"<p>Bitte anmelden, um weiterzulesen.</p>{FORM}"),
    ],
)
def test_log_in_pages(title: str, body: str) -> None:
    assert trouble(body, title) == LOG_IN


@pytest.mark.parametrize(
    "body",
    [
        "<h1>Before you continue</h1><p>We use cookies and data to deliver and maintain our services and to track outages.</p><p>If you choose accept, we will also use cookies to show personalised ads.</p><button>Accept all</button><button>Reject all</button>",
        "<h2>Wir brauchen Ihre Zustimmung</h2><p>Wir und unsere 900 Partner verwenden Cookies und ähnliche Technologien, mit Ihrer Einwilligung, um Werbung zu messen.</p><button>Akzeptieren</button>",
        "<p>Мы используем файлы cookie, чтобы показывать рекламу, и обрабатываем персональные данные с вашего согласия, как сказано в правилах.</p><button>Принять</button>",
    ],
)
def test_cookie_walls(body: str) -> None:
    assert trouble(body) == COOKIES


@pytest.mark.parametrize(
    "body",
    [
        "<div id=root></div><script src=app.js></script>",
        "<noscript>You need to enable JavaScript to run this app.</noscript><div id=app></div><script src=x></script>",
        "<div id=__next><div></div></div><script>1</script>",
    ],
)
def test_empty_shells(body: str) -> None:
    assert trouble(body) == EMPTY


def test_error_pages() -> None:
    assert trouble("<h1>Page not found</h1><p>Try the search.</p>", "404 Not Found") == ERROR
    assert trouble("<h1>الصفحة غير موجودة</h1><p>عودة إلى الرئيسية</p>", "خطأ") == ERROR


@pytest.mark.parametrize(
    "body",
    [
        PROSE,
        f"<div class=consent><p>We use cookies to personalise ads, with your consent and that of our partners.</p><button>Accept</button></div>{PROSE}",
        f"{FORM}<h1>How to log in without a password</h1>{PROSE}",
        f"<h1>Are you a robot? Courts decide who is human</h1>{PROSE}",
        "<h1>A short note</h1><p>The bridge is open again.</p>",
        f"<header>{FORM}</header><h1>The bridge</h1><p>The bridge over the river is open again, the council said, and the ferry stops on Monday.</p>",
        "<p>A photo of a cookie.</p><img src=a.jpg>",
    ],
)
def test_good_pages_raise_no_alarm(body: str) -> None:
    assert trouble(body, "The Messenger", "<script src=x></script>") is None


def test_a_wall_is_no_article_and_keeps_its_text() -> None:
    page = f"<html><title>Log in</title><body><h1>Log in</h1>{FORM}</body></html>"
    draft = html.read(page.encode(), Context("x.html"))
    assert (draft.kind, draft.complete) == ("other", True)
    assert "Password" in draft.text
