package value

// A Leaf is a property of a resource as rules see it: its value, and the name that its author knows it by.
type Leaf struct {
	Value
	// Property is the path in the source's own spelling: "vpc_config.subnets", "VpcConfig.Subnets", "subnets". Where the
	// value is absent it is the path of what is missing.
	Property string
	// Known reports whether the resource's dialect has such a member at all.
	Known bool
}

// The typed leaves. A struct of package model declares which of them each property is.
type (
	// A String is one string.
	String struct{ Leaf }
	// A Bool is one boolean; AWS takes "true" for true.
	Bool struct{ Leaf }
	// An Int is one integer; AWS takes "2" for 2.
	Int struct{ Leaf }
	// Strings is a list or set of strings, one string standing for a list of one.
	Strings struct{ Leaf }
	// A Map is a map of strings, such as the variables of an environment.
	Map struct{ Leaf }
	// A JSON is a document of another kind: an object, or its JSON text.
	JSON struct{ Leaf }
	// A Policy is an IAM policy document: an object, or its JSON text.
	Policy struct{ Leaf }
)
