#!/bin/sh
# Sets the checkout up: system libraries, .venv with the locked packages, the program itself.
#
# `setup.sh --tests` also brings the programs that tests compare with.
# Runs from anywhere, asks nothing, may run again and again: when nothing changed it only looks.
# It speaks on standard error; exit 1 comes with one sentence and what to do about it.

set -u
cd "$(dirname "$0")/.." || exit 1
ROOT=$(pwd -P)
LOCK=packaging/requirements.lock
VENV=.venv
STAMP=$VENV/.stamp
# Some machines forbid bytecode or send pip elsewhere; both would make a slow or empty .venv.
unset PYTHONDONTWRITEBYTECODE PYTHONPATH PYTHONHOME PIP_TARGET PIP_PREFIX PIP_USER PIP_REQUIREMENT
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive

say() { printf 'setup: %s\n' "$*" >&2; }
stop() {
    printf 'setup: %s\n' "$1" >&2
    shift
    for hint in "$@"; do printf '       %s\n' "$hint" >&2; done
    exit 1
}

# ---- what the system has to bring: file name of the library, package, needed or wanted ----------
# Needed: Qt does not load without it, not even with no display. Wanted: the window on X11, the
# system call filter of the parsers, letters of scripts for which no font is shipped.
LIBRARIES='
libglib-2.0.so.0 GLIB needed
libGL.so.1 libgl1 needed
libEGL.so.1 libegl1 needed
libxkbcommon.so.0 libxkbcommon0 needed
libfontconfig.so.1 libfontconfig1 needed
libdbus-1.so.3 libdbus-1-3 needed
libseccomp.so.2 libseccomp2 wanted
libxcb-cursor.so.0 libxcb-cursor0 wanted
libxcb-icccm.so.4 libxcb-icccm4 wanted
libxcb-keysyms.so.1 libxcb-keysyms1 wanted
libxcb-shape.so.0 libxcb-shape0 wanted
libxcb-xkb.so.1 libxcb-xkb1 wanted
libxkbcommon-x11.so.0 libxkbcommon-x11-0 wanted
'

# Programs that the tests hold our own files against; asked for by `setup.sh --tests` only. A test
# whose program is missing is skipped and says so.
PROGRAMS='age minisign'
[ "${1-}" = --tests ] || PROGRAMS=

release() { # the distribution and the first number of its version: "debian 12"
    # shellcheck disable=SC1091
    ( ID=other VERSION_ID=0; [ -r /etc/os-release ] && . /etc/os-release
      printf '%s %s\n' "$ID" "${VERSION_ID%%.*}" )
}

glib_package() { # renamed when the time type grew to 64 bits
    case $(release) in
        debian\ 1[3-9] | debian\ [2-9]? | ubuntu\ 2[4-9] | ubuntu\ [3-9]?) echo libglib2.0-0t64 ;;
        *) echo libglib2.0-0 ;;
    esac
}

has_library() { # by the linker's cache, else where a linker without cache would look
    case $KNOWN in *"$1"*) return 0 ;; esac
    for place in /lib /usr/lib /lib64 /usr/lib64 /lib/*-linux-gnu /usr/lib/*-linux-gnu /usr/local/lib; do
        [ -e "$place/$1" ] && return 0
    done
    return 1
}

has_fonts() { # any packaging of the Noto family
    for file in /usr/share/fonts/*/noto/NotoSansArabic* /usr/share/fonts/*noto*/NotoSansArabic* \
        "${HOME:-/root}"/.local/share/fonts/NotoSansArabic*; do
        [ -e "$file" ] && return 0
    done
    return 1
}

missing_packages() { # $1: needed or wanted; prints package names
    echo "$LIBRARIES" | while read -r file package rank; do
        [ -n "$file" ] && [ "$rank" = "$1" ] || continue
        has_library "$file" && continue
        [ "$package" = GLIB ] && package=$(glib_package)
        printf '%s ' "$package"
    done
    [ "$1" = needed ] && return 0
    has_fonts || printf 'fonts-noto-core '
    for program in $PROGRAMS; do
        command -v "$program" >/dev/null 2>&1 || printf '%s ' "$program"
    done
}

# ---- installing packages of the system ----------------------------------------------------------
as_root() { # prints how to become root without a question; fails when there is no way
    if [ "$(id -u)" = 0 ]; then echo env
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then echo "sudo -n env"
    else return 1
    fi
}

APT_LOG=$(mktemp) || stop "No temporary file can be made." "Free some space in ${TMPDIR:-/tmp}."
trap 'rm -f "$APT_LOG"' EXIT
trap 'exit 130' INT TERM

apt_install() { # $@: packages; 0 when all are installed
    root=$(as_root) && command -v apt-get >/dev/null 2>&1 || return 1
    say "installing with apt-get: $*"
    for again in no yes; do
        if [ $again = yes ]; then
            # shellcheck disable=SC2086
            $root apt-get update -q >"$APT_LOG" 2>&1 </dev/null
        fi
        # shellcheck disable=SC2086
        $root DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" \
            >"$APT_LOG" 2>&1 </dev/null && return 0
    done
    tail -n 3 "$APT_LOG" >&2
    return 1
}

check_libraries() {
    [ "$(uname -s)" = Linux ] || return 0
    KNOWN=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null)
    needed=$(missing_packages needed)
    wanted=$(missing_packages wanted)
    [ -z "$needed$wanted" ] && return 0
    # shellcheck disable=SC2086
    if apt_install $needed $wanted; then return 0; fi
    line="apt-get install --no-install-recommends $needed$wanted"
    if [ -n "$needed" ]; then
        stop "Libraries of the system are missing." "Run as root: $line"
    fi
    say "not all that is wanted of the system is here: the window may not open, or with fewer protections,"
    say "and some tests are skipped."
    say "run as root: $line"
}

# ---- Python -------------------------------------------------------------------------------------
fits() { # $1: a command; a Python that the locked packages exist for
    "$1" -c 'import sys; raise SystemExit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null
}
complete() { "$1" -c 'import ensurepip, sqlite3, ssl, venv' 2>/dev/null; }

find_python() { # sets PYTHON to one that fits and is complete, or to nothing
    PYTHON=
    for name in python3 python3.13 python3.12 python3.11; do
        command -v "$name" >/dev/null 2>&1 || continue
        if fits "$name" && complete "$name"; then PYTHON=$name; return 0; fi
    done
    return 1
}

want_python() {
    find_python && return 0
    case $(release) in
        ubuntu\ 22) packages="python3.11 python3.11-venv" ;;
        *) packages="python3 python3-venv" ;;
    esac
    # shellcheck disable=SC2086
    apt_install $packages && find_python && return 0
    stop "Python 3.11, 3.12 or 3.13 with its venv module is missing." \
        "Run as root: apt-get install --no-install-recommends $packages"
}

# ---- the packages of the lock -------------------------------------------------------------------
explain_pip() { # $1: what pip wrote
    if grep -q 'No space left on device' "$1"; then
        stop "The disk is full." "The packages need 700 MB below $ROOT/$VENV."
    elif grep -q 'DO NOT MATCH THE HASHES' "$1"; then
        stop "A downloaded package is not the one that the lock names; nothing of it was installed." \
            "$(grep -m1 'from ' "$1" | sed 's/^ *//' | cut -c1-160)"
    elif grep -Eq 'CERTIFICATE_VERIFY_FAILED' "$1"; then
        stop "The package index shows a certificate that this machine does not trust." \
            "Set the certificate of your network in pip's own configuration (global.cert)."
    elif grep -Eqi 'name resolution|NewConnectionError|ConnectTimeout|Connection refused|unreachable|ProxyError|SSLError|ReadTimeout' "$1"; then
        stop "The package index cannot be reached; this step needs it, once:" \
            "$VENV/bin/pip install --require-hashes --only-binary :all: -r $LOCK" \
            "Behind a mirror or proxy, set it in pip's own configuration."
    elif grep -Eq 'No matching distribution|Could not find a version' "$1"; then
        stop "There is no ready-made package for Python $VERSION on $(uname -m): $(sed -n 's/.*No matching distribution found for \([^ ]*\).*/\1/p' "$1" | head -n 1)" \
            "Python 3.11 on x86-64 has all of them."
    fi
    tail -n 30 "$1" >&2
    stop "The packages could not be installed." "The last lines of what pip said are above."
}

make_venv() { # $1: --clear, or nothing to keep what is there
    say "making $VENV with Python $VERSION"
    # shellcheck disable=SC2086
    "$PYTHON" -m venv $1 "$VENV" >"$APT_LOG" 2>&1 || {
        tail -n 3 "$APT_LOG" >&2
        stop "$VENV could not be made." "Is $ROOT writable?"
    }
}

install_packages() {
    say "installing the packages of $LOCK (150 MB to load the first time)"
    pip="$VENV/bin/python -m pip --disable-pip-version-check --no-input"
    $pip install -q --no-compile --require-hashes --only-binary :all: -r "$LOCK" \
        >"$APT_LOG" 2>&1 </dev/null || explain_pip "$APT_LOG"
    $pip install -q --no-index --no-deps --no-build-isolation -e . \
        >"$APT_LOG" 2>&1 </dev/null || explain_pip "$APT_LOG"
    "$VENV/bin/python" -m compileall -q -j 0 "$VENV"/lib/python3*/site-packages src >/dev/null 2>&1
    # Qt names only one of the libraries that its X11 plugin lacks; the linker names all.
    [ "$(uname -s)" = Linux ] && command -v ldd >/dev/null 2>&1 || return 0
    lacking=$(ldd "$VENV"/lib/python3*/site-packages/PySide6/Qt/plugins/platforms/libq[xo]*.so \
        2>/dev/null | sed -n 's/^[[:space:]]*\([^ ]*\) => not found.*/\1/p' | sort -u | tr '\n' ' ')
    [ -z "$lacking" ] || say "Qt's window plugins lack: $lacking"
}

fingerprint() { # what the .venv was made from; a moved checkout or a new Python makes it stale
    echo "$ROOT"
    cat "$LOCK" pyproject.toml packaging/setup.sh | cksum
    "$VENV/bin/python" -I -S -c 'import sys; print(sys.version)' 2>/dev/null
}

fresh() {
    [ -f "$STAMP" ] || return 1
    for tool in casefile lint-imports mypy ruff pytest; do
        [ -x "$VENV/bin/$tool" ] || return 1
    done
    [ "$(fingerprint)" = "$(cat "$STAMP")" ]
}

usable() { # the .venv here may be of another Python, or have moved with the checkout
    fits "$VENV/bin/python" && "$VENV/bin/python" -m pip --version >/dev/null 2>&1 || return 1
    [ ! -f "$STAMP" ] || [ "$(sed -n 1p "$STAMP")" = "$ROOT" ]
}

check_libraries
mkdir -p "$VENV" || stop "$ROOT is not writable." "Copy the checkout to a folder of yours."
if command -v flock >/dev/null 2>&1; then # two set-ups at once: the second one waits
    exec 9>"$VENV/.lock"
    flock 9
fi
fresh && exit 0
want_python
VERSION=$("$PYTHON" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
if ! usable; then
    if [ -e "$VENV/pyvenv.cfg" ]; then make_venv --clear; else make_venv ""; fi
fi
VERSION=$("$VENV/bin/python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
install_packages
fingerprint >"$STAMP"
say "done: $VENV/bin/casefile"
