#!/bin/bash
# IscsiBench against iscsi-perf and fio's libiscsi engine: the same tgt LUN in memory, tgtd on one core and the
# initiators, one after the other, on another. Each round measures every case with every initiator once; the table shows
# medians over the rounds and the ratio ours / theirs.
#
#   peers/iscsi.sh [ROUNDS] [SECONDS]
#
# Needs root, tgt, libiscsi-bin, and for writes a fio with libiscsi (Debian's has none: apt-get source fio,
# ./configure --enable-libiscsi, make). Environment:
#   BENCHMARKS  how to start JMH with bench-io  (java -jar profiles/target/benchmarks.jar)
#   FIO         the fio with libiscsi           (fio)
#   CASES       block:depth, space separated    (4096:1 4096:32 262144:8 1048576:8)
#   TUNED       0 leaves tgt's defaults: segments of 8 KiB, R2T for everything (1)
set -u
rounds=${1:-1} seconds=${2:-3}
benchmarks=${BENCHMARKS:-java -jar profiles/target/benchmarks.jar}
fio=${FIO:-fio}
cases=${CASES:-4096:1 4096:32 262144:8 1048576:8}
tuned=${TUNED:-1}
size_mib=256
target=iqn.2026-01.dev.tare.peers
control=$((20000 + RANDOM % 10000))
port=$((20000 + RANDOM % 10000))
work=$(mktemp -d /dev/shm/tare-peers.XXXXXX)
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

ours() { # direction block depth poll -> I/Os per second
    local pattern=sequential
    [ "$2" -le 4096 ] && pattern=random
    taskset -c 1 $benchmarks "IscsiBench.$pattern${1^}\$" -f 1 -wi 5 -w 1 -i "$seconds" -r 1 -foe true \
        -p target=$url -p overwrite=true -p sizeBytes=${size_mib}m -p blockBytes="$2" -p queueDepth="$3" -p poll="$4" \
        -rf csv -rff "$work/csv" >"$work/jmh" 2>&1 || { tail -40 "$work/jmh" >&2; return; }
    awk -F, -v name="$pattern${1^}\"" '$1 ~ name "$" { print int($5) }' "$work/csv"
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
median() { sort -n "$1" 2>/dev/null | awk '{ v[NR] = $1 } END { if (NR) print v[int((NR + 1) / 2)]; else print 0 }'; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { if (b > 0) printf "%.2f", a / b; else printf "-" }'; }

for ((round = 1; round <= rounds; round++)); do
    for case in $cases; do
        block=${case%:*} depth=${case#*:}
        for direction in read write; do
            file=$work/$direction.$block.$depth
            ours $direction $block $depth wait >>$file.wait
            [ $direction = read ] && perf $block $depth >>$file.perf
            [ "$has_engine" -gt 0 ] && by_fio $direction $block $depth >>$file.fio
            [ $depth = 1 ] && ours $direction $block $depth busy >>$file.busy
        done
    done
done
echo "| case | ours, I/Os per s | iscsi-perf | ratio | fio libiscsi | ratio | ours, poll=busy |"
echo "| --- | --- | --- | --- | --- | --- | --- |"
for case in $cases; do
    block=${case%:*} depth=${case#*:}
    for direction in read write; do
        file=$work/$direction.$block.$depth
        w=$(median $file.wait) p=$(median $file.perf) f=$(median $file.fio) b=$(median $file.busy)
        echo "| $direction $((block / 1024)) KiB, depth $depth | $w | $p | $(ratio $w $p) | $f | $(ratio $w $f) | $b |"
    done
done
