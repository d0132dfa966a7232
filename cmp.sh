for d in out/*.json; do n=$(basename $d .json); for o in out out2; do python3 -c "
import json,sys
j=json.load(open('$o/$n.json'))
for x in sorted(str((y['rule'],y['subject'],y['path'],y['line'],y.get('message',y.get('reason')))) for y in j['findings']+j['undecided']): print(x)" > c.$o; done; diff c.out c.out2 > d.txt || { echo "## $n"; cut -c1-250 d.txt; }; done
