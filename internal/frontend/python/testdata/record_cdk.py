"""Records what the AWS CDK makes of the apps in testdata/cdk: the SageMaker resources of NAME.py's templates are in NAME.json.

    python3 -m venv cdk && cdk/bin/pip install aws-cdk-lib aws-cdk.aws-sagemaker-alpha    # and node
    cdk/bin/python testdata/record_cdk.py                 # or NAME ...
    cdk/bin/python testdata/record_cdk.py --check         # writes nothing; exits 1 where a recording is another

A script leaves its app in a variable of that name.
"""

import glob
import json
import os
import runpy
import sys
import warnings

warnings.simplefilter("ignore")


def record(script):
    app = runpy.run_path(script, run_name="__main__")["app"]
    resources = []
    for stack in app.synth().stacks:
        for name, resource in stack.template["Resources"].items():
            if resource["Type"].startswith("AWS::SageMaker::"):
                resources.append({"type": resource["Type"], "properties": resource.get("Properties", {})})
    return resources


def main():
    names = [a for a in sys.argv[1:] if not a.startswith("--")]
    check = "--check" in sys.argv
    here = os.path.dirname(os.path.abspath(__file__))
    stale = 0
    for script in sorted(glob.glob(os.path.join(here, "cdk", "*.py"))):
        if names and os.path.basename(script)[: -len(".py")] not in names:
            continue
        file = script[: -len(".py")] + ".json"
        text = json.dumps(record(script), indent=1, sort_keys=True) + "\n"
        if check:
            if not os.path.exists(file) or open(file).read() != text:
                stale += 1
                print("differs:", file)
            continue
        with open(file, "w") as f:
            f.write(text)
    sys.exit(1 if stale else 0)


main()
