package secret

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// draw returns a random text, so that no test holds what anyone may have for a credential.
func draw(seed uint64, alphabet string, n int) string {
	r := rand.New(rand.NewPCG(seed, 7))
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[r.IntN(len(alphabet))]
	}
	return string(b)
}

const (
	digits = "0123456789"
	uppers = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	lowers = "abcdefghijklmnopqrstuvwxyz"
	mixed  = digits + uppers + lowers
	hex    = digits + "abcdef"
	url    = mixed + "-_"
	b64    = mixed + "+/"
)

func TestKnownForms(t *testing.T) {
	key := draw(1, uppers+"234567", 16)
	for _, c := range []struct {
		text string
		want Kind
	}{
		{"AKIA" + key, AccessKeyID},
		{"ASIA" + key, AccessKeyID},
		{"AROA" + key, ""},
		{"AIDA" + key, ""},
		{"AKIA" + key + "X", ""},
		{"AKIA" + strings.Repeat("X", 16), ""},
		{"AKIAIOSFODNN7EXAMPLE", ""},
		{"AKIA1234567890ABCDEF", ""},
		{"IQoJb3JpZ2lu" + draw(2, b64, 300), SessionToken},
		{"ghp_" + draw(3, mixed, 36), "GitHub token"},
		{"ghp_" + strings.Repeat("x", 36), ""},
		{"github_pat_" + draw(4, mixed, 22) + "_" + draw(5, mixed, 59), "GitHub token"},
		{"glpat-" + draw(6, url, 20), "GitLab token"},
		{"xoxb-" + draw(7, digits, 12) + "-" + draw(8, mixed, 24), "Slack token"},
		{"hf_" + draw(9, uppers+lowers, 34), "Hugging Face token"},
		{"hf_hub_download", ""},
		{"sk-" + draw(10, mixed, 48), "OpenAI API key"},
		{"sk-ant-" + "api03-" + draw(11, url, 80), "Anthropic API key"},
		{"sk-learn-preprocessing", ""},
		{"sk_" + "live_" + draw(12, mixed, 24), "Stripe API key"},
		{"AIza" + draw(13, url, 34) + "a", "Google API key"},
		{"npm_" + draw(14, mixed, 36), "npm token"},
		{"pypi-AgE" + draw(15, url, 120), "PyPI token"},
		{"dapi" + draw(16, hex, 32), "Databricks token"},
		{"SG." + draw(17, mixed, 22) + "." + draw(18, mixed, 43), "SendGrid API key"},
		{"SK" + draw(19, hex, 32), "Twilio API key"},
		{"eyJhbGciOiJIUzI1NiJ9." + "eyJ" + draw(20, url, 40) + "." + draw(21, url, 43), "JSON web token"},
		{"DefaultEndpointsProtocol=https;AccountName=a;AccountKey=" + draw(22, b64, 86) + "==", "Azure storage key"},
		{"postgresql+psycopg2://ml:" + draw(23, mixed, 12) + "@db.internal:5432/x", Password},
		{"postgres://postgres:postgres@localhost/x", ""},
		{"postgres://user:password@localhost/x", ""},
		{"postgres://${var.user}:${var.password}@db/x", ""},
		{"https://" + "ghp_" + draw(24, mixed, 36) + "@github.com/a/b", "GitHub token"},
		{"git::https://user@example.com/a.git", ""},
		{"-----BEGIN RSA PRIVATE KEY-----\n" + draw(25, b64, 64) + "\n" + draw(26, b64, 64) + "\n-----END RSA PRIVATE KEY-----\n", PrivateKey},
		{"-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----\n", ""},
		{"-----BEGIN CERTIFICATE-----\n" + draw(27, b64, 64) + "\n-----END CERTIFICATE-----\n", ""},
		{draw(28, hex, 40), ""},
		{draw(29, b64, 40), ""},
		{"arn:aws:iam::123456789012:role/service-role/AmazonSageMaker-ExecutionRole-20200101T000001", ""},
		{"", ""},
	} {
		if got := Of(c.text); got != c.want {
			t.Errorf("%q is %q, want %q", c.text, got, c.want)
		}
	}
}

func TestIn(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       Kind
	}{
		{"WANDB_API_KEY", draw(1, hex, 40), APIKey},
		{"AWS_SECRET_ACCESS_KEY", draw(2, b64, 40), SecretAccessKey},
		{"AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", ""},
		{"AWS_SESSION_TOKEN", draw(3, b64, 200), SessionToken},
		{"DB_PASSWORD", draw(4, mixed, 12), Password},
		{"dbPassword", draw(5, mixed, 12), Password},
		{"PGPASSWORD", draw(6, mixed, 12), Password},
		{"--redis-pass", draw(7, mixed, 12), Password},
		{"client_secret", draw(8, mixed, 24), Secret},
		{"HF_TOKEN", draw(9, mixed, 30), Token},
		{"TOKEN_GITHUB", draw(10, mixed, 30), Token},
		{"Authorization", "Bearer " + draw(11, mixed, 30), Credential},
		{"ARGS", "--user ml --password " + draw(12, digits+lowers, 14), Password},
		{"CONFIG", `{"db": {"password": "` + draw(13, mixed, 14) + `"}}`, Password},
		{"DATABASE", "Server=db;User Id=ml;Password=" + draw(14, mixed, 14) + ";", Password},

		{"WAREHOUSE_PASSWORD", "nw7-Quillon-Terrace", Password},
		{"DB_PASSWD", "correct horse battery", Password},
		{"API_KEY", "abcdefgh12345678", APIKey},
		{"SECRET", "letmein-please", Secret},
		{"TOKEN", "abcd-efgh-ijkl-mnop", Token},
		{"Y_PASSWORD", "swordfish9", Password},
		{"PASSWORD", "Password123!", Password},
		{"PASSWORD", "$ecret-Pa55", Password},
		{"AWS_SECRET_ACCESS_KEY", "/" + draw(21, b64, 39), SecretAccessKey},

		{"aws_secret_access_key", "something", ""},
		{"AWS_SECRET_ACCESS_KEY", "minioadmin123", ""},
		{"PASSWORD", "hunter2", ""},
		{"WAREHOUSE_PASSWORD", "warehouse-password", ""},
		{"PASSWORD", "aaaaaaaabbbb", ""},
		{"PASSWORD", "84629173", Password},
		{"PASSWORD_LENGTH", "84629173", ""},
		{"PASSWORD", "$DB_PASSWORD", ""},
		{"SECRET", "prod/db/password", ""},
		{"TOKEN", "sagemaker-token", ""},
		{"MODEL_TOKEN", "bert-base-uncased", ""},
		{"TOKEN", "meta-llama/Llama-2-7b", ""},
		{"PASSWORD", "password", ""},
		{"PASSWORD", "changeme", ""},
		{"PASSWORD", "xxxxxxxx", ""},
		{"PASSWORD", "********", ""},
		{"PASSWORD", "REPLACE_ME", ""},
		{"PASSWORD", "${DB_PASSWORD}", ""},
		{"PASSWORD", "{{resolve:secretsmanager:prod/db:SecretString:password}}", ""},
		{"PASSWORD", "/prod/db/password", ""},
		{"PASSWORD", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-a1b2c3", ""},
		{"PASSWORD", "the password of the database", ""},
		{"API_KEY", "<your-token>", ""},
		{"API_KEY", "your_api_key_here", ""},
		{"API_KEY", "my-secret-api-key", ""},
		{"SECRET", "prod-db-secret", ""},
		{"SECRET_NAME", draw(15, mixed, 24), ""},
		{"SECRET_ID", draw(16, mixed, 24), ""},
		{"SECRET_ARN", draw(17, mixed, 24), ""},
		{"AWS_ACCESS_KEY_ID", draw(18, mixed, 24), ""},
		{"password_parameter", "prod-db-parameter-4f3a", ""},
		{"MAX_TOKENS", "1234567890", ""},
		{"max_new_token", "12345678", ""},
		{"TOKENIZER", "bert-base-uncased-v2-x1y2z3", ""},
		{"TOKENIZERS_PARALLELISM", "false", ""},
		{"TOKEN_LENGTH", "1048576000", ""},
		{"pad_token", "<|endoftext|>", ""},
		{"eos_token", draw(19, mixed, 24), ""},
		{"token_type", "bearer-jwt-rs256x", ""},
		{"kms_key", draw(20, mixed, 36), ""},
		{"s3_key", "models/2024/model-a1b2c3d4.tar.gz", ""},
		{"learning_rate", "0.000123456", ""},
		{"SAGEMAKER_SUBMIT_DIRECTORY", "s3://bucket/a1b2c3d4e5f6/source.tar.gz", ""},
	} {
		if got := first(In(c.name, c.text)); got != c.want {
			t.Errorf("%s = %q is %q, want %q", c.name, c.text, got, c.want)
		}
	}
}

// Every place where source gives a secret its name, and no other text of the line, is masked, and columns stay.
func TestMask(t *testing.T) {
	pw := draw(30, mixed, 14)
	key := "AKIA" + draw(31, uppers+"234567", 16)
	long := draw(32, b64, 39) + "Z"
	for _, line := range []string{
		`  DB_PASSWORD = "§"`,
		`  DB_PASSWORD: §`,
		`  "DB_PASSWORD": "§", "subnet": "subnet-0a1b2c3d4e5f60718"`,
		`export DB_PASSWORD=§`,
		`ENV DB_PASSWORD='§'`,
		`environment={"DB_PASSWORD": "§"}, subnets=["subnet-1"]`,
		`environment={\"DB_PASSWORD\": \"§\"}`,
		`os.environ["DB_PASSWORD"] = "§"`,
		`os.environ.get("DB_PASSWORD", "§")`,
		`os.getenv('DB_PASSWORD', '§')`,
		`parser.add_argument("--db-password", type=str, default="§")`,
		`password: str = "§"`,
		`password = f"§"`,
		`password = SecretStr("§")`,
		`{"Name": "DB_PASSWORD", "Value": "§"}`,
		`{"ParameterKey": "DbPassword", "ParameterValue": "§"}`,
		`variable "db_password" { default = "§" }`,
		`DbPassword: {Type: String, NoEcho: true, Default: §}`,
		`the default of var.db_password is "§"`,
		`terraform.tfvars sets var.db_password to "§"`,
		`train.py --password § --epochs 3`,
		`TOKEN=${HUB_TOKEN:-§}`,
		`variable "password" { default = "§ }` + "\n",
		`aws_access_key_id="¶", aws_secret_access_key="‡"`,
		`¶,‡`,
		`  "\tids: ¶\n‡\n"`,
		`mlflow.set_tracking_uri("https://ml:§@mlflow.internal/")`,
	} {
		fill := func(a, b, c string) string { return strings.NewReplacer("§", a, "¶", b, "‡", c).Replace(line) }
		got := Mask(fill(pw, key, long))
		stars := func(s string) string { return strings.Repeat("*", len(s)) }
		if want := fill(stars(pw), stars(key), stars(long)); got != want {
			t.Errorf("%s\n got %s\nwant %s", line, got, want)
		}
	}
}

// What isn't a secret is shown.
func TestNotMasked(t *testing.T) {
	for _, line := range []string{
		`password = var.db_password`,
		`password = os.environ["DB_PASSWORD_2024"]`,
		`password=get_secret("prod/db/password/v1")["SecretString"]`,
		`"HF_TOKEN": os.environ.get("HF_TOKEN", "")`,
		`"HF_TOKEN": "<your token>"`,
		`"MAX_TOTAL_TOKENS": json.dumps(2048),  # tokens`,
		`tokenizer = AutoTokenizer.from_pretrained("meta-llama/Llama-2-7b-hf")`,
		`sagemaker_session.secret_name = "AmazonSageMaker-db-a1b2c3"`,
		`kms_key_id = "1234abcd-12ab-34cd-56ef-1234567890ab"`,
		`key = "models/2024/model-a1b2c3d4.tar.gz"`,
		`passed: 12345678 of 87654321`,
		`resource "aws_secretsmanager_secret" "token" { name = "prod/token/v12" }`,
		`variable "db_password" { type = string }`,
		`secret_arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-a1b2c3"`,
		`aws_access_key_id="AKIAIOSFODNN7EXAMPLE", aws_secret_access_key="wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"`,
		`image_uri = "763104351884.dkr.ecr.us-east-1.amazonaws.com/pytorch-training:2.0.0-gpu-py310"`,
		`for name in ["DB_PASSWORD", "publickey-a1b2c3"]:`,
		`"HF_TOKEN": script_args.hf_token,`,
		`docker login --username AWS --password-stdin 763104351884.dkr.ecr.us-east-1.amazonaws.com`,
		`Connecting to driver: spark://CoarseGrainedScheduler@10.2.86.250:34519`,
		`url = "https://x/?access_token="+(n||D.ACCESS_TOKEN1||"")`,
		`verify_token = os.getenv("OIDC_VERIFY_SIGNATURE_2", "true").lower()`,
		"  DbPassword:\n    Type: String\n  Network:\n    Type: String\n    Default: 10.0.0.0/19\n",
		"- name: HF_TOKEN\n  valueFrom: x\n- name: NETWORK\n  value: 10.0.0.0/19\n",
		`auth = "AWS_IAM"`, `access = "Enabled"`, `accounts = ["123456789012"]`,
	} {
		if got := Mask(line); got != line {
			t.Errorf("%s\nis masked: %s", line, got)
		}
	}
}

func TestVault(t *testing.T) {
	var v Vault
	pw, quoted := draw(40, mixed, 14), draw(41, mixed, 6)+`"\`+draw(42, mixed, 6)
	pem := "-----BEGIN PRIVATE KEY-----\n" + draw(43, b64, 64) + "\n" + draw(44, b64, 64) + "\n-----END PRIVATE KEY-----\n"
	v.Learn("a.env", "DB_PASSWORD = \""+pw+"\"\n")
	v.Keep("password", quoted)
	v.Keep("KEY", pem)
	token := "hf_" + draw(45, mixed, 34)
	v.Learn("b.py", "x = "+token)
	stars := strings.Repeat("*", 14)
	for text, want := range map[string]string{
		`"` + pw + `" is no subnet`: `"` + stars + `" is no subnet`,
		`"` + pw[:9] + `…" is long`: `"` + stars[:9] + `…" is long`,
		"x" + pw + "y":              "x" + stars + "y",
		"cut " + pw[2:12]:           "cut " + stars[:10],
		strings.ToUpper(pw):         stars,
		"the subnet is missing":     "the subnet is missing",
		"line " + pem[28:92]:        "line " + strings.Repeat("*", 64),
		"a " + token + "!":          "a " + strings.Repeat("*", 37) + "!",
	} {
		if got := v.Mask(text); got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
	escaped := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(quoted)
	if got := v.Mask(`said "` + escaped + `"`); strings.Contains(got, quoted[:4]) || strings.Contains(got, quoted[len(quoted)-4:]) {
		t.Errorf("a quoted secret is shown: %s", got)
	}
	var none *Vault
	if got := none.Mask("plain"); got != "plain" {
		t.Errorf("no vault changes %q", got)
	}
}

func FuzzMask(f *testing.F) {
	f.Add(`{"Name": "DB_PASSWORD", "Value": "a1b2c3d4e5"}`)
	f.Add("password='''x\n--token \\\"\\\\\"")
	f.Add("://a:b@c AKIA -----BEGIN PRIVATE KEY-----")
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, p := range Find(text) {
			if p.Start < end || p.End <= p.Start || p.End > len(text) || p.Kind == "" {
				t.Fatalf("%q: %v after %d", text, p, end)
			}
			end = p.End
		}
		masked := Mask(text)
		if len([]rune(masked)) != len([]rune(text)) {
			t.Fatalf("%q becomes %q", text, masked)
		}
		for _, p := range Find(masked) {
			if strings.Trim(masked[p.Start:p.End], "*") == "" {
				t.Fatalf("%q: asterisks count as a secret", masked)
			}
		}
		var v Vault
		v.Learn("", text)
		v.Mask(text)
	})
}
