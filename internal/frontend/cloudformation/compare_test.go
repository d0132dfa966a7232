package cloudformation_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A mode is how the front-end sees a template.
type mode string

// All parameters given, none that has even a default, and only the defaults.
const (
	given   mode = "given"
	varying mode = "varying"
	plain   mode = "plain"
)

// compare holds the front-end against one reading.
func (o *oracle) compare(t *testing.T, file string, content []byte, sum *tally, report func(string, ...any)) {
	t.Helper()
	r := o.Readings[file]
	if r == nil || r.Failed != "" {
		report("%s: cfn-lint can't read it: %v", file, r)
		return
	}
	said := map[string]bool{}
	once := func(name, format string, args ...any) {
		if !said[name] {
			said[name] = true
			report("%s: %s: %s", file, name, fmt.Sprintf(format, args...))
		}
	}
	c := comparison{o: o, reading: r, file: file, sum: sum, report: once}
	decode(t, r.Decoded, &c.template)
	sum.templates++
	// The same path for all, since the identities of facts begin with it.
	ours := load(t, nil, source.NewFile(file, content))
	theirs := byName(load(t, nil, source.NewFile(file, r.Decoded)))
	for name, raw := range byName(ours) {
		if diff := cmp.Diff(show(theirs[name].Props), show(raw.Props)); diff != "" {
			once(name, "read otherwise: %s", diff)
		}
	}
	open, err := json.Marshal(c.withoutDefaults())
	if err != nil {
		t.Fatal(err)
	}
	anything := load(t, nil, source.NewFile(file, open))
	c.scenarios(anything)
	for _, recorded := range r.Deployments {
		sum.deployments++
		c.deployment(recorded, given, load(t, recorded.Parameters, source.NewFile(file, content)))
		c.deployment(recorded, varying, anything)
		if c.keepsDefaults(recorded.Parameters) {
			c.deployment(recorded, plain, ours)
		}
	}
}

// A comparison is that of one template.
type comparison struct {
	o        *oracle
	reading  *reading
	file     string
	template struct {
		Parameters map[string]map[string]any
		Resources  map[string]any
		Rules      any
		Transform  any
		rest       map[string]any
	}
	sum *tally
	// report tells of a contradiction in a resource.
	report func(name, format string, args ...any)
}

// withoutDefaults returns the template without its parameters' defaults, so that all worlds are open.
func (c *comparison) withoutDefaults() map[string]any {
	var all map[string]any
	d := json.NewDecoder(bytes.NewReader(c.reading.Decoded))
	d.UseNumber()
	if err := d.Decode(&all); err != nil {
		return nil
	}
	parameters, _ := all["Parameters"].(map[string]any)
	for _, body := range parameters {
		if body, ok := body.(map[string]any); ok {
			delete(body, "Default")
		}
	}
	return all
}

// keepsDefaults reports whether each parameter with a default has it.
func (c *comparison) keepsDefaults(parameters map[string]string) bool {
	for name, body := range c.template.Parameters {
		if d, ok := body["Default"]; ok && fmt.Sprint(d) != parameters[name] {
			return false
		}
	}
	return true
}

// scenarios holds the worlds of a template against the feasible combinations of conditions.
func (c *comparison) scenarios(ours *frontend.Output) {
	var all []*deployment
	for _, conditions := range c.reading.Scenarios {
		c.sum.scenarios++
		d := c.world(nil, conditions)
		delete(d.parameters, "AWS::Region") // any will do
		all = append(all, d)
		for _, raw := range ours.Resources {
			body, _ := c.template.Resources[raw.Addr.Name].(map[string]any)
			condition, isName := body["Condition"].(string)
			there, told := conditions[condition]
			if !isName {
				there, told = true, body["Condition"] == nil
			}
			if told && !d.may(raw.Exists, there) {
				c.report(raw.Addr.Name, "there is %v in %v", there, conditions)
			}
			if told && there && !d.anyWorld(raw.Props) {
				c.report(raw.Addr.Name, "has no world for %v: %s", conditions, show(raw.Props))
			}
		}
	}
	if !c.reading.Complete {
		return
	}
	for _, raw := range ours.Resources {
		worlds(raw.Props, func(w value.World) {
			if !slices.ContainsFunc(all, func(d *deployment) bool { return d.world(w) }) {
				c.report(raw.Addr.Name, "no scenario of cfn-lint's is in the world where %s", w)
			}
		})
	}
}

// world returns the deployment with certain parameters, in which conditions have come out.
func (c *comparison) world(parameters map[string]string, conditions map[string]bool) *deployment {
	d := &deployment{parameters: map[string]any{}, conditions: map[string]tree{}}
	for name, text := range c.o.Pseudo {
		d.parameters[name] = text
	}
	for name, text := range parameters {
		if typ := fmt.Sprint(c.template.Parameters[name]["Type"]); !strings.Contains(typ, "List") && !strings.HasPrefix(typ, "AWS::SSM::") {
			d.parameters[name] = text
		}
	}
	for name, body := range c.template.Resources {
		// SAM makes several resources of one, and "Function.Version" a name of one of these.
		if body, ok := body.(map[string]any); ok && strings.HasPrefix(fmt.Sprint(body["Type"]), "AWS::Serverless::") {
			d.anyName = append(d.anyName, name)
		}
	}
	for name, holds := range conditions {
		d.conditions[name] = fn("Equals", strconv.FormatBool(holds), "true")
	}
	return d
}

// echoes puts the address blocks of VPCs and subnets in the place of the attributes that say what they are, which the oracle
// leaves.
func (c *comparison) echoes(recorded recordedDeployment) *strings.Replacer {
	var pairs []string
	for _, name := range sorted(recorded.Resources) {
		theirs := c.reading.Resources[recorded.Resources[name]]
		properties, _ := texts(theirs.Properties).(map[string]any)
		if block, known := properties["CidrBlock"].(string); known && (theirs.Type == "AWS::EC2::VPC" || theirs.Type == "AWS::EC2::Subnet") {
			pairs = append(pairs, "<"+name+".CidrBlock>", block)
		}
	}
	return strings.NewReplacer(pairs...)
}

func echoed(t any, echoes *strings.Replacer) any {
	switch t := t.(type) {
	case map[string]any:
		for k, v := range t {
			t[k] = echoed(v, echoes)
		}
	case []any:
		for i, v := range t {
			t[i] = echoed(v, echoes)
		}
	case string:
		return echoes.Replace(t)
	}
	return t
}

// deployment holds what the front-end says of a template against one deployment of it.
func (c *comparison) deployment(recorded recordedDeployment, m mode, ours *frontend.Output) {
	d, rs := c.world(recorded.Parameters, recorded.Conditions), byName(ours)
	echoes := c.echoes(recorded)
	for _, name := range sorted(recorded.Resources) {
		theirs := c.reading.Resources[recorded.Resources[name]]
		raw, emitted := rs[name]
		if !emitted && (theirs.There == nil || !*theirs.There) {
			continue
		}
		if _, written := c.template.Resources[name]; !emitted && !written && (c.serverless() || unrolled(ours)) {
			c.sum.generated++
			continue
		}
		if !emitted {
			c.report(name, "is not there (%s) with %v", m, recorded.Parameters)
			continue
		}
		alike := transformed[raw.Type+" "+theirs.Type]
		if raw.Type != theirs.Type && alike == nil || raw.Type == theirs.Type && strings.HasPrefix(raw.Type, "AWS::Serverless::") {
			// Without the transform, cfn-lint leaves SAM's resources as they are.
			c.sum.generated++
			continue
		}
		c.sum.resources++
		if theirs.There != nil && !d.may(raw.Exists, *theirs.There) {
			c.report(name, "there is %v (%s) with %v, not %s", *theirs.There, m, recorded.Parameters, cases(raw.Exists))
		}
		if theirs.There != nil && !*theirs.There {
			continue
		}
		properties := echoed(texts(theirs.Properties), echoes)
		if alike != nil {
			c.alike(d, m, raw, properties, alike)
			continue
		}
		if m, ok := properties.(map[string]any); ok && theirs.Type == "AWS::S3::Bucket" && c.serverless() {
			// SAM adds the notifications of the functions' events.
			if _, own := raw.Props.Field("NotificationConfiguration"); !own {
				delete(m, "NotificationConfiguration")
			}
		}
		if err := d.contains(raw.Props, properties); err != nil {
			c.report(name, "%v (%s) with %v", err, m, recorded.Parameters)
			continue
		}
		c.sum.weigh(d, m, raw.Props, properties)
	}
}

// transformed are the types that SAM makes others of, and the properties that mean the same in both.
var transformed = map[string]map[string]string{
	"AWS::Serverless::Function AWS::Lambda::Function": {
		"VpcConfig": "VpcConfig", "Timeout": "Timeout", "MemorySize": "MemorySize", "Runtime": "Runtime", "Handler": "Handler",
		"Environment": "Environment", "KmsKeyArn": "KmsKeyArn", "FunctionName": "FunctionName",
	},
	"AWS::Serverless::StateMachine AWS::StepFunctions::StateMachine": {"Name": "StateMachineName", "Type": "StateMachineType"},
}

// alike holds a resource against the one that SAM makes of it.
func (c *comparison) alike(d *deployment, m mode, raw resource.Raw, theirs tree, names map[string]string) {
	properties, ok := theirs.(map[string]any)
	if !ok {
		return
	}
	for _, name := range sorted(names) {
		concrete, told := properties[names[name]]
		if !told {
			concrete = none{}
		}
		if err := d.contains(raw.Props.Attr(name), concrete); err != nil {
			c.report(raw.Addr.Name, "%s: %v (%s)", name, err, m)
			continue
		}
		if told {
			c.sum.weigh(d, m, raw.Props.Attr(name), concrete)
		}
	}
}

// unrolled reports whether a resource stands for all that a loop over something unknown makes.
func unrolled(ours *frontend.Output) bool {
	return slices.ContainsFunc(ours.Resources, func(r resource.Raw) bool { return strings.Contains(r.Addr.Name, "{") })
}

// serverless reports whether SAM transforms the template.
func (c *comparison) serverless() bool {
	return strings.Contains(fmt.Sprint(c.template.Transform), "AWS::Serverless")
}

// may reports whether something may hold, or not hold, in the deployment.
func (d *deployment) may(truth value.Truth, holds bool) bool {
	return slices.ContainsFunc(truth.Cases(), func(c value.Case) bool {
		return d.world(c.When) && (c.Holds == tri.Unknown || c.Holds == tri.Of(holds))
	})
}

// anyWorld reports whether each choice within a value has an arm for the deployment.
func (d *deployment) anyWorld(v value.Value) bool {
	if arms := v.Arms(); v.Kind() == value.KindChoice {
		return slices.ContainsFunc(arms, func(a value.Arm) bool { return d.world(a.When) && d.anyWorld(a.Value) })
	}
	for _, part := range within(v) {
		if !d.anyWorld(part) {
			return false
		}
	}
	return true
}

// within returns the elements of a list or the members of an object.
func within(v value.Value) []value.Value {
	switch v.Kind() {
	case value.KindList:
		return v.Elems()
	case value.KindObject:
		var out []value.Value
		for _, f := range v.Fields() {
			out = append(out, f.Value)
		}
		return out
	}
	return nil
}

// worlds visits every world that a value tells apart.
func worlds(v value.Value, visit func(value.World)) {
	if v.Kind() == value.KindChoice {
		for _, a := range v.Arms() {
			visit(a.When)
			worlds(a.Value, visit)
		}
	}
	for _, part := range within(v) {
		worlds(part, visit)
	}
}

// texts returns a tree with every scalar as the text that CloudFormation takes it for.
func texts(t any) any {
	switch t := t.(type) {
	case map[string]any:
		out := map[string]any{}
		for k, v := range t {
			out[k] = texts(v)
		}
		return out
	case []any:
		out := []any{}
		for _, v := range t {
			out = append(out, texts(v))
		}
		return out
	case nil:
		return none{}
	}
	return fmt.Sprint(t)
}
