#!/bin/sh
# {{ ansible_managed }}
# One night: measures, measures once more what failed, says why when there is nothing, and removes old nights of its own.
cd '{{ tare_home }}/nights' || exit 3
night=$(date +%F)
started=$(date -u +%FT%TZ)
# A night that is stopped still comes to the lines below.
trap : TERM INT

tare() {
  {{ tare_java }} -jar ../benchmarks.jar run "$@" >> "$night.log" 2>&1
  code=$?
}

echo "night of $started" >> "$night.log"
if test -e "$night/journal.jsonl"; then
  tare --resume "$night"
else
  tare {{ tare_profile }} --out "$night"
{%- if tare_clock %} --clock {{ tare_clock }}{% endif %}
{%- for label in tare_labels.split() %} --label {{ label }}{% endfor %}
{%- if tare_options %} {{ tare_options }}{% endif %}

fi
# 1: forks failed, which may go better now; after any other code they would not.
test $code != 1 || tare --resume "$night"

if grep -qs '"kind":"fork"' "$night/journal.jsonl"; then
  rm -f "$night.absent.json"
else
  # Of forks that failed the journal has the reason, and has it in JSON; otherwise the log ends with it.
  reason=$(sed -n 's/^{"kind":"failure".*"message":"\(.*\)"}$/\1/p' "$night/journal.jsonl" 2> /dev/null | tail -n 1)
  test -n "$reason" ||
    reason=$(tail -n 1 "$night.log" | LC_ALL=C tr -cd '\040-\176' | sed 's/[\\"]/\\&/g')
  printf '{"schema":1,"host":"%s","started":"%s","reason":"exit code %s: %s"}\n' \
    "$(uname -n)" "$started" "$code" "$reason" > "$night.part"
  mv "$night.part" "$night.absent.json"
fi

oldest=$(date -d '{{ tare_keep_days }} days ago' +%F)
for log in 20??-??-??.log; do
  old=${log%.log}
  # This script's logs begin so; what others keep here stays.
  if expr "$old" '<' "$oldest" > /dev/null && head -n 1 "$log" | grep -qs '^night of '; then
    rm -rf "$old" "$old.absent.json" "$log"
  fi
done
exit $code
