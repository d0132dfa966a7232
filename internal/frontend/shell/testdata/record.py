"""Writes awscli.json: what the AWS CLI makes of commands' words.

    pip install awscli==1.45.11 && python record.py > awscli.json

Nothing is sent: the request is taken where the CLI would hand it to botocore. Commands that the CLI refuses have an error.
"""
import json
import os
import random
import sys
import tempfile
from datetime import datetime

import awscli
import awscli.clidriver
import botocore.session

os.environ.update(AWS_ACCESS_KEY_ID="x", AWS_SECRET_ACCESS_KEY="x", AWS_DEFAULT_REGION="us-east-1", AWS_CONFIG_FILE=os.devnull)
random.seed(20170724)
captured = {}


def capture(self, service, operation, parameters, parsed_globals):
    captured.update(operation=operation, parameters=parameters)
    return 0


awscli.clidriver.CLIOperationCaller.invoke = capture
driver = awscli.clidriver.create_clidriver()
model = botocore.session.get_session().get_service_model("sagemaker")


def run(words):
    captured.clear()
    stderr, stdout = sys.stderr, sys.stdout
    sys.stderr = sys.stdout = open(os.devnull, "w")
    try:
        driver.main(["sagemaker"] + words)
    except SystemExit:
        pass
    finally:
        sys.stderr, sys.stdout = stderr, stdout
    if not captured:
        return {"words": words, "error": True}
    return {"words": words, "operation": captured["operation"], "request": captured["parameters"]}


# By hand: what shorthand can look like, and how options can stand.
texts = """Subnets=a
Subnets=a,b
Subnets=a,b,SecurityGroupIds=c
Subnets=[a,b],SecurityGroupIds=[c]
Subnets=[a, b] , SecurityGroupIds=[ c ]
Subnets = a , b , SecurityGroupIds = c
Subnets=[],SecurityGroupIds=c
Subnets=,SecurityGroupIds=c
Subnets=
Subnets="a,b",SecurityGroupIds='c'
Subnets='a',"b",c
Subnets=a\\,b
Subnets=["a","b c"]
Subnets=['it\\'s']
Subnets="q\\"q"
Subnets="back\\\\slash"
Subnets=a=b
Subnets=a,b=c
Subnets=a,b,c=d
SecurityGroupIds=a,Subnets=b,Subnets=c
Subnets=[a,b
Subnets={a=b}
Subnets=a b
Subnets=a b,c d
Subnets=a,
Subnets=a,,b
Subnets=a]b
Subnets=a}b,c
Subnets=a,]b
subnets=a
Subnets
=a
Subnets=[a,b],
Subnets=a SecurityGroupIds=b
Subnets=[a],SecurityGroupIds=b,c,
{"Subnets": ["a"], "SecurityGroupIds": ["b"]}
 {"Subnets": ["a"]}
{"Subnets": "a"}
{}
[a]
Subnets=[a b , c]
Subnets=[[a],[b]]
Subnets=a\\\\b
Subnets=http://x:1/a,b
Subnets=a/b:c.d-e_f#g
Subnets=a@b
Subnets=a$b!c%d&e(f)g*h+i
Subnets=a<1>c
Subnets="",b
Subnets=[,a]
Subnets=[a,,b]
Subnets=~a|b""".split("\n")
hand = []
for t in texts:
    hand.append(["create-model", "--model-name", "m", "--vpc-config", t])
for t in ["Image=i,Environment={A=b,C=d}", "Image=i,Environment={}", "Image=i,Environment={A=b\\,c}", "Image=i,Environment={A='b,c',D=\"e\"}",
          "Image=i,Environment={A=b=c}", "Image=i,ModelDataSource={S3DataSource={S3Uri=s3://b/k,S3DataType=S3Prefix,CompressionType=None}}",
          "Image=i,MultiModelConfig={ModelCacheSetting=Enabled}", "Image=i,ImageConfig={RepositoryAccessMode=Vpc},Mode=SingleModel",
          "Image=123456789012.dkr.ecr.us-east-1.amazonaws.com/x:latest,ModelDataUrl=s3://b/m.tar.gz", "ContainerHostname=h,Image=i,Environment={K=[a]}",
          "Image=i,AdditionalModelDataSources=[{ChannelName=c,S3DataSource={S3Uri=s3://b}}]", "Image= i ,Mode= SingleModel"]:
    hand.append(["create-model", "--model-name", "m", "--primary-container", t])
    hand.append(["create-model", "--model-name", "m", "--containers", t, t])
for t in ["InstanceType=ml.m5.large,InstanceCount=2,VolumeSizeInGB=30", "InstanceCount=x", "InstanceCount= 2 ,KeepAlivePeriodInSeconds=60",
          "InstanceGroups=[{InstanceType=a,InstanceCount=1,InstanceGroupName=g}]"]:
    hand.append(["create-training-job", "--training-job-name", "j", "--role-arn", "r", "--algorithm-specification", "TrainingImage=i,TrainingInputMode=File",
                 "--output-data-config", "S3OutputPath=s3://b", "--stopping-condition", "MaxRuntimeInSeconds=1", "--resource-config", t])
need = ["--notebook-instance-name", "n", "--instance-type", "ml.t3.medium", "--role-arn", "r"]
for rest in [["--security-group-ids", "a", "b"], ["--security-group-ids", "a,b"], ["--security-group-ids", '["a","b"]'], ["--security-group-ids"],
             ["--security-group-ids", "a", "--subnet-id", "s"], ["--security-group-ids=a", "b"], ["--security-group-ids", "a", "--security-group-ids", "b"],
             ["--subnet-id=s"], ["--subnet", "s"], ["--sub", "s"], ["--s", "s"], ["--volume-size-in-gb", "5"], ["--volume-size-in-gb", "5x"],
             ["--tags", "Key=a,Value=b", "Key=c,Value=d"], ["--tags", '[{"Key":"a","Value":"b"}]'], ["--tags", '{"Key":"a","Value":"b"}', '{"Key":"c","Value":"d"}'],
             ["--tags", "Key=a,Value="], ["--tags", "Key=a,Value=1"], ["--region", "r", "--subnet-id", "s"], ["--subnet-id", "s", "--output", "json", "--query", "x"],
             ["--default-code-repository", "https://x/y"], ["--additional-code-repositories", "https://x/y", "z"], ["--subnet-id", "-s"], ["--subnet-id", "-1"],
             ["--subnet-id", ""], ["--security-group-ids", "", "a"], ["stray"], ["--no-such", "x"], ["--instance-metadata-service-configuration", "MinimumInstanceMetadataServiceVersion=2"],
             ["--direct-internet-access", "Disabled", "--root-access", "Disabled"], ["--no-paginate", "--debug"][:1], ["--subnet-id", "a b"], ["--", "x"],
             ["--cli-input-json", '{"SubnetId":"s","RoleArn":"other"}'], ["--cli-input-json", "{x"], ["--cli-input-json", '{"NotebookInstanceName":"z","Tags":[{"Key":"a","Value":"b"}]}', "--subnet-id", "q"]]:
    hand.append(["create-notebook-instance"] + need + rest)
for rest in [["--enable-network-isolation"], ["--no-enable-network-isolation"], ["--enable-network-isolation", "--no-enable-network-isolation"],
             ["--no-enable-network-isolation", "--enable-network-isolation"], ["--enable-network-isolation", "true"], ["--enable-network"], ["--no-enable"],
             ["--cli-input-json", '{"EnableNetworkIsolation":true}', "--no-enable-network-isolation"]]:
    hand.append(["create-model", "--model-name", "m"] + rest)
for rest in [["--hyper-parameters", "a=1,b=x"], ["--hyper-parameters", "a=1,2,3"], ["--hyper-parameters", "a={b=c}"], ["--hyper-parameters", '{"a":"1"}'],
             ["--environment", "A=b"], ["--environment", "KeyName1=one,KeyName2=two"],
             ["--input-data-config", "ChannelName=t,DataSource={S3DataSource={S3Uri=s3://b/k,S3DataType=S3Prefix}}"],
             ["--input-data-config", "ChannelName=t,DataSource={S3DataSource={S3Uri=s3://b/k,S3DataType=S3Prefix,InstanceGroupNames=[a,b]}}", "ChannelName=v"],
             ["--input-data-config", '[{"ChannelName":"t"}]'], ["--checkpoint-config", "S3Uri=s3://b/c,LocalPath=/opt"],
             ["--remote-debug-config", "EnableRemoteDebug=true"], ["--remote-debug-config", "EnableRemoteDebug=TRUE"], ["--remote-debug-config", "EnableRemoteDebug=yes"],
             ["--profiler-config", "DisableProfiler=false,ProfilingIntervalInMilliseconds=100"], ["--retry-strategy", "MaximumRetryAttempts=3"]]:
    hand.append(["create-training-job", "--cli-input-json", '{"TrainingJobName":"j"}'] + rest)

# By chance: a request of every operation that makes something, in JSON and in shorthand.
words = ["alpha", "b-2", "s3://bucket/key", "arn:aws:iam::123456789012:role/r", "x.y_z", "with space", "comma,inside", "50", "true", "a=b"]


def value(shape, depth):
    t = shape.type_name
    if t == "structure":
        if depth > 3:
            return None
        out = {}
        for name, member in shape.members.items():
            if random.random() < (0.8 if depth == 0 else 0.5) and not getattr(member, "is_document_type", False):
                v = value(member, depth + 1)
                if v is not None:
                    out[name] = v
                if getattr(shape, "is_tagged_union", False) and out:
                    break
        return out or None
    if t == "list":
        out = [value(shape.member, depth + 1) for _ in range(random.randint(1, 2))]
        return None if None in out else out
    if t == "map":
        v = value(shape.value, depth + 1)
        return None if v is None or isinstance(v, dict) else {"k1": v, "k-2": v}
    if t == "boolean":
        return random.random() < 0.5
    if t in ("integer", "long"):
        return random.randint(1, 500)
    if t in ("float", "double"):
        return random.choice([0.5, 1.25, 3.0])
    if t == "timestamp":
        return "2026-01-02T03:04:05Z"
    return random.choice(words)


def short(v, top=True):
    if isinstance(v, dict):
        inner = ",".join(k + "=" + short(e, False) for k, e in v.items())
        return inner if top else "{" + inner + "}"
    if isinstance(v, list):
        return "[" + ",".join(short(e, False) for e in v) + "]"
    if isinstance(v, bool):
        return "true" if v else "false"
    s = str(v)
    if any(c in s for c in ' ,"\'[]{}=') or not s:
        return '"' + s + '"'
    return s


def arguments(shape, request, form):
    from botocore import xform_name
    out = []
    for name, v in request.items():
        member, flag = shape.members[name], "--" + xform_name(name, "-")
        t = member.type_name
        if t == "boolean":
            out.append(flag if v else "--no-" + flag[2:])
        elif t == "list" and form == "shorthand":
            inner = member.member.type_name
            out += [flag] + [short(e) if inner in ("structure", "map") else json.dumps(e) if inner == "list" else str(e) for e in v]
        elif t in ("structure", "map") and form == "shorthand":
            out += [flag, short(v)]
        elif t in ("structure", "map", "list"):
            out += [flag, json.dumps(v)]
        else:
            out += [flag, str(v)]
    return out


chance = []
from botocore import xform_name
for op in model.operation_names:
    if not op.startswith("Create") and op != "StartPipelineExecution":
        continue
    shape = model.operation_model(op).input_shape
    for form in ("json", "shorthand"):
        request = value(shape, 0) or {}
        for name in shape.required_members:
            if name not in request:
                v = value(shape.members[name], 1)
                request[name] = v if v is not None else {}
        chance.append([xform_name(op, "-")] + arguments(shape, request, form))


def default(o):
    if isinstance(o, bytes):
        return o.decode()
    return str(o)


out = {"awscli": awscli.__version__, "commands": [run(w) for w in hand + chance]}
errors = sum("error" in c for c in out["commands"])
print(f"{len(out['commands'])} commands, {errors} refused", file=sys.stderr)
print("{\n\"awscli\": " + json.dumps(out["awscli"]) + ",\n\"commands\": [\n" + ",\n".join(json.dumps(c, default=default) for c in out["commands"]) + "\n]}")
