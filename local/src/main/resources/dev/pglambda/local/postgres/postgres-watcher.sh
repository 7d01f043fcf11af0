# Ends a server when the JVM that started it has ended in any way, and removes the server's files.
# Standard input is a pipe that only that JVM holds. $1: the directory with data/ in it.
trap '' INT HUP TERM QUIT
while read -r _; do :; done

# A server that ended by itself leaves its process id in the lock file, and the system may have given it to another
# program since: only a process that was started with this directory is the server.
is_server() {
    case $({ tr '\0' ' ' <"/proc/$1/cmdline" || ps -o command= -p "$1"; } 2>/dev/null) in
        *"$2"*) return 0 ;;
        *) return 1 ;;
    esac
}

lock="$1/data/postmaster.pid"
if pid=$(head -n 1 "$lock" 2>/dev/null) && [ -n "$pid" ] && is_server "$pid" "$1"; then
    kill -QUIT "$pid" 2>/dev/null
    tries=0
    # The server removes the file as it ends; the process id may stay until init has reaped it.
    while [ -e "$lock" ] && kill -0 "$pid" 2>/dev/null && [ "$tries" -lt 250 ]; do
        sleep 0.02
        tries=$((tries + 1))
    done
    [ ! -e "$lock" ] || ! is_server "$pid" "$1" || kill -KILL "$pid" 2>/dev/null
fi
rm -rf "$1"
# A server that was just starting may have written once more; without its directory it ends by itself.
[ ! -e "$1" ] || { sleep 1; rm -rf "$1"; }
