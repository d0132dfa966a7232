package guard

import (
	"cmp"
	"slices"
	"strings"
)

// Forms are those of the ARNs that a key may have, or an action be asked for. "?" in one is a part that is never empty.
type forms []string

// resourceTypes are the types of the resources of SageMaker's actions, where that isn't the name of what they create or update.
// AWS: service authorization reference, "Actions, resources, and condition keys for Amazon SageMaker AI".
var resourceTypes = map[string]string{"createautomljob": "automl-job", "createautomljobv2": "automl-job"}

// resourceForms returns the forms of an action's resources; none where any text may be one.
func resourceForms(action string) forms {
	of, operation, _ := strings.Cut(action, ":")
	switch {
	case strings.EqualFold(of, "s3"):
		return forms{"arn:aws:s3:::?", "arn:aws:s3:::?/?", "arn:aws:s3:?:?:?"}
	case !strings.EqualFold(of+":", service):
		return nil
	}
	kind := cmp.Or(resourceTypes[strings.ToLower(operation)], typeOfOperation(operation), "?")
	name := "/?"
	switch strings.ToLower(kind) {
	case "user-profile", "job": // user-profile/DOMAIN/NAME, job/CATEGORY/NAME
		name = "/?/?"
	case "?":
		return forms{"arn:aws:sagemaker:?:?:?/?", "arn:aws:sagemaker:?:?:?/?/?", "arn:aws:sagemaker:?:?:?/?/?/?", "arn:aws:sagemaker:?:?:?/?/?/?/?"}
	}
	return forms{"arn:aws:sagemaker:?:?:" + kind + name}
}

// typeOfOperation returns the type of what an operation creates or updates: "training-job" for CreateTrainingJob.
func typeOfOperation(operation string) string {
	if !Supports(service+operation, VPCSecurityGroupIDs) {
		return "" // of the others some are named after what they do to something else
	}
	rest := operation[len("Create"):] // or Update
	var b strings.Builder
	for i, r := range rest {
		if r >= 'A' && r <= 'Z' {
			if i > 0 {
				b.WriteByte('-')
			}
			r += 'a' - 'A'
		}
		b.WriteRune(r)
	}
	return b.String()
}

// arnForms are those of keys that are ARNs, by how their names end. AWS: "AWS global condition context keys", aws:PrincipalArn;
// KMS developer guide, "Key identifiers".
var arnForms = []struct {
	suffix string
	forms  forms
}{
	{"aws:principalarn", forms{"arn:aws:iam::?:role/?", "arn:aws:iam::?:user/?", "arn:aws:iam::?:root", "arn:aws:iam::?:role/?/?", "arn:aws:iam::?:user/?/?", "arn:aws:sts::?:federated-user/?"}},
	{"kmskeyarn", forms{"arn:aws:kms:?:?:key/?", "arn:aws:kms:?:?:alias/?"}},
	{"kmskey", forms{"arn:aws:kms:?:?:key/?", "arn:aws:kms:?:?:alias/?"}},
}

// forms returns the forms of a key's values; none of one that is no ARN.
func (k *key) forms() forms {
	name := strings.ToLower(k.name)
	for _, of := range arnForms {
		if strings.HasSuffix(name, of.suffix) {
			return of.forms
		}
	}
	switch {
	case name == "aws:sourcearn":
		return forms{"arn:aws:?:?:?:?", "arn:aws:?:::?"}
	case strings.HasSuffix(k.of.Type, "ARN"):
		return forms{"arn:aws:sagemaker:?:?:?/?", "arn:aws:sagemaker:?:?:?/?/?", "arn:aws:?:?:?:?/?"}
	}
	return nil
}

// arnPartition is how ARNs of the standard partition begin.
const arnPartition = "arn:aws:"

// regions returns a text in one of the forms for each way in which globs match, and whether these are all. Whoever asks is of
// one partition: of those that the globs name, else of the standard one.
func (f forms) regions(globs []glob, hints []Pattern, work *int) ([]Pattern, bool) {
	var out []Pattern
	complete := true
	for _, partition := range partitions(globs) {
		for _, form := range f {
			text := slices.Concat(Pattern("arn:"), partition, Pattern(":"+strings.TrimPrefix(form, arnPartition)))
			shape := shapeOf(text)
			examples := []Pattern{exampleOf(text)}
			if *work <= maxWork && !slices.ContainsFunc(hints, shape.surely) && shape.surely(examples[0]) && len(telling(globs, shape)) == 0 {
				out = append(out, examples[0]) // nothing tells others from it, as of most resources
				continue
			}
			for _, g := range globs {
				examples = append(examples, fill(g, examples[0]))
			}
			found, all := regions(globs, shape, slices.Concat(hints, examples), work)
			out = append(out, found...)
			complete = complete && all
		}
	}
	return out, complete
}

// partitions returns those that the ARNs of globs name.
func partitions(globs []glob) []Pattern {
	var out []Pattern
	for _, g := range globs {
		parts := g.tokens.split(3)
		if len(parts) < 3 || string(parts[0]) != "arn" || len(parts[1]) == 0 || slices.ContainsFunc(parts[1], func(t token) bool { return t < 0 }) {
			continue
		}
		if !slices.ContainsFunc(out, func(p Pattern) bool { return slices.Equal(p, parts[1]) }) {
			out = append(out, parts[1])
		}
	}
	if len(out) == 0 || len(out) > maxPartitions {
		return []Pattern{Pattern("aws")}
	}
	return out
}

// maxPartitions bounds those that are tried: AWS has fewer.
const maxPartitions = 8

// shapeOf returns what matches the ARNs of a form.
func shapeOf(form Pattern) *glob {
	g := glob{form: true}
	colons := 0
	for _, t := range form {
		switch {
		case t == ':':
			colons++
			g.tokens = append(g.tokens, t)
		case t == '?' && colons < arnParts-1:
			g.tokens = append(g.tokens, anySegmentLetter, anySegment)
		case t == '?':
			g.tokens = append(g.tokens, anyName, anyNames)
		default:
			g.tokens = append(g.tokens, t)
		}
	}
	return &g
}

// exampleOf returns an ARN of a form, of a stranger's.
func exampleOf(form Pattern) Pattern {
	out := slices.Clone(form)
	for i, t := range out {
		if t == '?' {
			out[i] = Stranger
		}
	}
	return out
}

// fill returns a text that a glob matches, with what an example has in the place of its wildcards.
func fill(g glob, example Pattern) Pattern {
	parts := example.split(arnParts)
	var out Pattern
	at := 0
	for _, t := range g.tokens {
		switch {
		case t == ':' && at < len(parts)-1:
			at++
			out = append(out, t)
		case repeats(t) && at < arnParts-1 && (len(out) == 0 || out[len(out)-1] == ':'):
			out = append(out, parts[at]...)
		case t < 0:
			out = append(out, Stranger)
		default:
			out = append(out, t)
		}
	}
	return out
}

// owners returns the accounts that the action's resource may belong to; none where it may be any. What is created belongs to
// the account of who asks, and that is the one whose resources the policies name.
func (p *problem) owners(globs []glob) []string {
	if !p.unnamed || typeOfOperation(p.action[strings.IndexByte(p.action, ':')+1:]) == "" {
		return nil
	}
	var out []string
	for _, g := range globs {
		parts := g.tokens.split(arnParts)
		if len(parts) < arnParts || !strings.EqualFold(string(parts[2])+":", service) || !isAccount(parts[4]) {
			continue
		}
		if account := string(parts[4]); !slices.Contains(out, account) {
			out = append(out, account)
		}
	}
	if len(out) > maxOwners {
		return nil
	}
	slices.Sort(out) // Terraform writes lists in another order
	return out
}

// maxOwners bounds the accounts that are tried: one policy is about one account, or a few.
const maxOwners = 4

// isAccount reports whether a part of an ARN is one account, though it may not be known which.
func isAccount(part Pattern) bool {
	if len(part) == 1 {
		return isAtom(part[0])
	}
	return len(part) == 12 && !slices.ContainsFunc(part, func(t token) bool { return t < '0' || t > '9' })
}

// of returns the forms of ARNs of some accounts.
func (f forms) of(accounts []string) forms {
	if len(accounts) == 0 {
		return f
	}
	var out forms
	for _, form := range f {
		parts := strings.SplitN(form, ":", arnParts)
		for _, parts[4] = range accounts {
			out = append(out, strings.Join(parts, ":"))
		}
	}
	return out
}

// classifyResource finds the resources that the action can be asked for.
func (p *problem) classifyResource(k *key, globs []glob) {
	globs = distinct(globs)
	form := resourceForms(p.action)
	var found []Pattern
	if len(form) > 0 {
		found, k.complete = form.of(p.owners(globs)).regions(globs, nil, &p.work)
	} else {
		found, k.complete = regions(globs, nil, []Pattern{Pattern("*")}, &p.work)
	}
	for _, text := range found {
		c := classOf(text)
		c.formed = len(form) > 0
		k.classes = append(k.classes, c)
	}
	sure := len(k.classes)
	for _, g := range globs {
		// What isn't known may be a resource of the action's, or hold more of one than a part.
		if g.certain() || slices.ContainsFunc(found, g.surely) {
			continue
		}
		if slices.ContainsFunc(form, func(f string) bool { return g.overlaps(shapeOf(Pattern(f))) }) {
			k.classes = append(k.classes, classOf(g.example()))
		}
	}
	if sure < len(k.classes) {
		k.sure = newBits(len(k.classes))
		for i := range sure {
			k.sure.add(i)
		}
	}
}

// completed adds the parts that an ARN lacks. AWS: IAM user guide, "IAM JSON policy elements: Resource": "AWS automatically
// completes the ARN by adding wildcard characters (*) to all missing fields".
func (g *glob) completed() {
	parts := g.tokens.split(arnParts)
	if len(parts) < 2 || string(parts[0]) != "arn" || !g.certain() || slices.ContainsFunc(g.tokens, func(t token) bool { return t < 0 }) {
		return // a wildcard stands for what is missing
	}
	for range arnParts - len(parts) {
		g.tokens = append(g.tokens, ':', anyText)
	}
}
