#!/bin/bash
# IscsiBench against iscsi-perf and fio's libiscsi engine: the same tgt LUN in memory, tgtd on one core and the
# initiators, one after the other, on another. Each round measures every case with every initiator once. The table shows
# medians over the rounds, and as ratio the median of ours / theirs within a round, with the least and the largest.
#
#   peers/iscsi.sh [ROUNDS] [SECONDS]
#
# Needs root, tgt, libiscsi-bin, and for writes a fio with libiscsi (Debian's has none: apt-get source fio,
# ./configure --enable-libiscsi, make). Environment:
#   BENCHMARKS  how to start JMH with bench-io  (java -jar profiles/target/benchmarks.jar)
#   JDKS        homes of the JDKs to start it with, space separated  (the one on the path)
#   FIO         the fio with libiscsi           (fio)
#   CASES       block:depth[:read|:write], space separated  (4096:1 4096:32 262144:8 1048576:8)
#   POLL        how ours waits, wait or busy    (wait)
#   TUNED       0 leaves tgt's defaults: segments of 8 KiB, R2T for everything (1)
#   KEEP        a folder that keeps the figures, so that runs of single rounds or cases add up to one table
set -u
rounds=${1:-1} seconds=${2:-3}
benchmarks=${BENCHMARKS:-java -jar profiles/target/benchmarks.jar}
jdks=${JDKS:-$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")}
fio=${FIO:-fio}
cases=${CASES:-4096:1 4096:32 262144:8 1048576:8}
poll=${POLL:-wait}
tuned=${TUNED:-1}
size_mib=256
target=iqn.2026-01.dev.tare.peers
control=$((20000 + RANDOM % 10000))
port=$((20000 + RANDOM % 10000))
work=$(mktemp -d /dev/shm/tare-peers.XXXXXX)
figures=${KEEP:-$work/figures}
mkdir -p "$figures"
url=iscsi://127.0.0.1:$port/$target/1

taskset -c 0 tgtd -f -C $control --iscsi portal=127.0.0.1:$port >"$work/tgtd" 2>&1 &
tgtd=$!
trap 'kill -9 $tgtd 2>/dev/null; rm -rf "$work"' EXIT
admin() { tgtadm -C $control --lld iscsi "$@" || exit 1; }
until tgtadm -C $control --op show --mode sys >/dev/null 2>&1; do kill -0 $tgtd || { cat "$work/tgtd"; exit 1; }; done
head -c ${size_mib}M /dev/urandom >"$work/lun"
admin --op new --mode target --tid 1 -T $target
admin --op new --mode logicalunit --tid 1 --lun 1 -b "$work/lun"
admin --op bind --mode target --tid 1 -I ALL
if [ "$tuned" = 1 ]; then
    admin --op update --mode target --tid 1 --name MaxRecvDataSegmentLength --value 262144
    admin --op update --mode target --tid 1 --name InitialR2T --value No
    admin --op update --mode target --tid 1 --name FirstBurstLength --value 262144
fi
has_engine=$("$fio" --enghelp 2>/dev/null | grep -c libiscsi)

ours() { # jdk direction block depth -> I/Os per second
    local pattern=sequential
    [ "$3" -le 4096 ] && pattern=random
    PATH=$1/bin:$PATH taskset -c 1 $benchmarks "IscsiBench.$pattern${2^}\$" -f 1 -wi 4 -w 1 -i "$seconds" -r 1 \
        -foe true -p target=$url -p overwrite=true -p sizeBytes=${size_mib}m -p blockBytes="$3" -p queueDepth="$4" \
        -p poll="$poll" -rf csv -rff "$work/csv" >"$work/jmh" 2>&1 || { tail -40 "$work/jmh" >&2; exit 1; }
    awk -F, -v name="$pattern${2^}\"" '$1 ~ name "$" { print int($5) }' "$work/csv"
}
perf() { # block depth -> I/Os per second
    local random=
    [ "$1" -le 4096 ] && random=-r
    taskset -c 1 timeout $((seconds + 20)) iscsi-perf -t "$seconds" -m "$2" -b $(($1 / 512)) $random $url |
        tr '\r' '\n' | sed -n 's/.*iops average \([0-9]*\).*/\1/p' | tail -1
}
by_fio() { # direction block depth -> I/Os per second
    local random= field=8
    [ "$2" -le 4096 ] && random=rand
    [ "$1" = write ] && field=49
    (cd "$work" && taskset -c 1 "$fio" --name=x --thread --ioengine=libiscsi --filename="${url//:/\\:}" --rw=$random$1 \
        --bs="$2" --iodepth="$3" --size=${size_mib}m --runtime="$seconds" --time_based --minimal 2>/dev/null) |
        awk -F';' -v field=$field '$1 == 3 { print int($field) }'
}
median() { sort -n "$1" | awk '{ v[NR] = $1 } END { if (NR) print v[int((NR + 1) / 2)]; else print "-" }'; }
ratio() { # ours theirs
    paste "$1" "$2" | awk '$2 > 0 { print $1 / $2 }' | sort -n | awk '
        { v[NR] = $1 }
        END { if (NR) printf "%.2f (%.2f to %.2f)", (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2, v[1], v[NR]
              else printf "-" }'
}
# Every case as block:depth:direction.
all=
for case in $cases; do
    case $case in
        *:*:*) all+=" $case" ;;
        *) all+=" $case:read $case:write" ;;
    esac
done
for ((round = 1; round <= rounds; round++)); do
    for case in $all; do
        IFS=: read -r block depth direction <<<"$case"
        file=$figures/$direction.$block.$depth
        for jdk in $jdks; do
            ours "$jdk" $direction $block $depth >>"$file.$poll.${jdk##*/}" || exit 1
        done
        touch "$file.perf" "$file.fio"
        [ $direction = read ] && perf $block $depth >>"$file.perf"
        [ "$has_engine" -gt 0 ] && by_fio $direction $block $depth >>"$file.fio"
    done
done
echo "| case | ours on | ours, I/Os per s | iscsi-perf | ratio | fio libiscsi | ratio |"
echo "| --- | --- | --- | --- | --- | --- | --- |"
for case in $all; do
    IFS=: read -r block depth direction <<<"$case"
    file=$figures/$direction.$block.$depth
    for jdk in $jdks; do
        own=$file.$poll.${jdk##*/}
        echo "| $direction $((block / 1024)) KiB, depth $depth | ${jdk##*/} | $(median "$own") | $(median "$file.perf")" \
            "| $(ratio "$own" "$file.perf") | $(median "$file.fio") | $(ratio "$own" "$file.fio") |"
    done
done
