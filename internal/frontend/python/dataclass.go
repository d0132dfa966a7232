package python

import (
	"strings"

	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/value"
)

// A classKind says what makes the instances of a class of the tree where it has no __init__ of its own.
type classKind uint8

const (
	plainClass    classKind = iota
	dataClass               // dataclasses, attrs
	tupleClass              // NamedTuple, namedtuple
	modelClass              // pydantic's BaseModel
	settingsClass           // pydantic's BaseSettings: what isn't given comes from the environment
	dictClass               // TypedDict
	enumClass
)

// A field is one that a class declares for its instances.
type field struct {
	name string
	// def is its default, nil where it has none.
	def object
	// kind is the annotation, for what pydantic converts.
	kind string
	// keyword tells that it can't be given by its position.
	keyword bool
}

// A fieldSpec is what dataclasses.field(), attr.ib() and pydantic.Field() return.
type fieldSpec struct {
	def, factory object
	unset        bool // init=False, or another name by which it is given
}

func (*fieldSpec) isObject() {}

const namespaceClass = "types.SimpleNamespace"

// classify finds out what kind of class a class statement makes, after its body has been evaluated.
func (in *interp) classify(c *class, n *pyast.ClassDef) {
	for _, b := range c.bases {
		switch b := b.(type) {
		case *class:
			c.kind = max(c.kind, b.kind)
			c.fields = append(c.fields, b.fields...)
			c.mixin = c.mixin || b.mixin
			c.modified = c.modified || b.modified
		case external:
			c.kind = max(c.kind, baseKind(b.path))
			switch b.path {
			case "builtins.str", "builtins.int", "enum.StrEnum", "enum.IntEnum", "strenum.StrEnum":
				c.mixin = true
			}
		}
	}
	if len(n.Keywords) > 0 {
		c.modified = true // a metaclass, or a parameter of one
	}
	keyword := false
	for _, d := range n.Decorators {
		kind, kw := in.classDecorator(d)
		keyword = keyword || kw
		if kind == plainClass {
			c.modified = true
		}
		c.kind = max(c.kind, kind)
	}
	switch c.kind {
	case plainClass:
	case enumClass:
		in.makeMembers(c, n)
	default:
		in.addFields(c, n, keyword)
	}
}

// baseKind returns the kind of the classes that derive from one outside of the tree.
func baseKind(path string) classKind {
	switch path {
	case "typing.NamedTuple":
		return tupleClass
	case "typing.TypedDict", "typing_extensions.TypedDict":
		return dictClass
	case "pydantic.BaseModel", "sqlmodel.SQLModel":
		return modelClass
	case "pydantic.BaseSettings", "pydantic_settings.BaseSettings":
		return settingsClass
	case "enum.Enum", "enum.StrEnum", "enum.IntEnum", "strenum.StrEnum":
		return enumClass
	}
	return plainClass
}

// classDecorator returns what kind of class a decorator makes; plainClass for one that isn't known.
func (in *interp) classDecorator(d pyast.Expr) (kind classKind, keyword bool) {
	call, isCall := d.(*pyast.Call)
	if isCall {
		d = call.Func
	}
	ext, ok := in.eval(d).(external)
	if !ok {
		return plainClass, false
	}
	switch ext.path {
	case "dataclasses.dataclass", "pydantic.dataclasses.dataclass", "attr.s", "attr.attrs", "attr.dataclass", "attr.define",
		"attr.frozen", "attrs.define", "attrs.frozen", "attrs.mutable":
	default:
		return plainClass, false
	}
	if !isCall {
		return dataClass, false
	}
	for _, k := range call.Keywords {
		c, literal := k.Value.(*pyast.Constant)
		switch k.Arg {
		case "kw_only":
			keyword = !literal || c.Kind == pyast.ConstTrue
		case "init", "":
			return plainClass, false
		}
	}
	return dataClass, keyword
}

// addFields adds the fields that a class's body declares to those of its bases.
func (in *interp) addFields(c *class, n *pyast.ClassDef, keyword bool) {
	for _, s := range n.Body {
		a, ok := s.(*pyast.AnnAssign)
		if !ok {
			in.declaresValidator(c, s)
			continue
		}
		name, ok := a.Target.(*pyast.Name)
		if !ok || a.Annotation == nil {
			continue
		}
		f := field{name: name.ID, kind: in.written(a.Annotation), keyword: keyword}
		switch {
		case strings.Contains(f.kind, "ClassVar") || name.ID == "model_config":
			continue
		case strings.Contains(f.kind, "KW_ONLY"):
			keyword = true
			continue
		case strings.Contains(f.kind, "InitVar"):
			c.modified = true
		}
		if v, set := in.st.get(slot{c.scope, name.ID}); set && a.Value != nil {
			f.def = v.(object)
		}
		replaced := false
		for i := range c.fields {
			if c.fields[i].name == f.name {
				fields := append([]field(nil), c.fields...)
				fields[i], replaced = f, true
				c.fields = fields
			}
		}
		if !replaced {
			c.fields = append(c.fields, f)
		}
	}
}

// declaresValidator notes that a class has code of its own that may change what its fields are given.
func (in *interp) declaresValidator(c *class, s pyast.Stmt) {
	f, ok := s.(*pyast.FunctionDef)
	if !ok || c.kind != modelClass && c.kind != settingsClass {
		return
	}
	for _, d := range f.Decorators {
		if strings.Contains(in.written(d), "validator") {
			c.validated = true
		}
	}
}

// fieldCall evaluates dataclasses.field() and its kin.
func (in *interp) fieldCall(a *arguments) object {
	f := &fieldSpec{}
	if len(a.positional) > 0 {
		f.def = a.positional[0].obj
		if d, ok := f.def.(datum); ok && d.Reason() == noPlainValue {
			f.def = nil // Field(...): it must be given
		}
	}
	if kw, ok := a.keyword("default"); ok {
		f.def = kw.obj
	}
	for _, name := range [...]string{"default_factory", "factory"} {
		if kw, ok := a.keyword(name); ok {
			f.factory = kw.obj
		}
	}
	for _, name := range [...]string{"init", "alias", "validation_alias", "converter"} {
		if _, ok := a.keyword(name); ok {
			f.unset = true
		}
	}
	if a.open != "" {
		f.unset = true
	}
	return f
}

// makeRecord makes an instance of a class whose constructor its fields make; nil where the class has another.
func (in *interp) makeRecord(c *class, n *pyast.Call, a *arguments) object {
	switch c.kind {
	case plainClass:
		return nil
	case enumClass:
		return in.memberOf(c, n, a)
	case dictClass:
		return in.dictOf(n, a)
	}
	if _, own := in.classAttr(c, "__init__", nil); own {
		return nil
	}
	p := in.instanceOf(c, in.span(n))
	content := &content{}
	in.charge(len(c.fields) * 4)
	given := map[string]bool{}
	at := 0
	for _, f := range c.fields {
		e := entry{name: f.name, key: a.at}
		kw, named := a.keyword(f.name)
		switch {
		case !f.keyword && at < len(a.positional) && c.kind != modelClass && c.kind != settingsClass:
			e.obj, e.at = a.positional[at].obj, a.positional[at].at
			at++
		case named:
			e.obj, e.key, e.at = kw.obj, kw.key, kw.at
			given[f.name] = true
		default:
			e.obj = in.fieldDefault(c, f, n, a)
		}
		if spec, ok := f.def.(*fieldSpec); ok && spec.unset || c.validated {
			e.obj = unknown("the class " + c.name + " may change it")
		}
		if c.kind == modelClass || c.kind == settingsClass {
			e.obj = in.coerced(f, e.obj)
		}
		content.entries = append(content.entries, e)
	}
	in.st.setContent(p, content)
	in.postInit(p, n)
	return p
}

// postInit runs what a data class has to say after its fields are set.
func (in *interp) postInit(p *place, n *pyast.Call) {
	if init, ok := in.classAttr(p.own, "__post_init__", p); ok {
		if f, isFunction := init.(*function); isFunction {
			in.invoke(f, n, &arguments{at: in.span(n)})
		}
	}
}

// fieldDefault returns what a field holds that a call doesn't give.
func (in *interp) fieldDefault(c *class, f field, n *pyast.Call, a *arguments) object {
	if a.open != "" {
		return unknown(a.open)
	}
	def := f.def
	if spec, ok := def.(*fieldSpec); ok {
		if spec.factory != nil {
			return in.applied(n, spec.factory)
		}
		def = spec.def
	}
	if c.kind == settingsClass {
		name := strings.ToUpper(in.environmentPrefix(c) + f.name)
		if i, set := in.st.content(in.environ).find(name); set {
			return over(narrow(in.st.content(in.environ).entries[i].obj, in.st.path), unknown(environmentReason(name)))
		}
		if def == nil {
			return unknown(environmentReason(name)).at(a.at)
		}
	}
	if def == nil {
		return unknown("the call of " + c.name + "() gives no " + f.name)
	}
	return apply(def, func(o object) object {
		if d, ok := o.(datum); ok && d.Origin() != nil {
			return datum{d.Noted("the default of " + f.name + " is " + spell(f.name, d.Value))}
		}
		return o
	})
}

// environmentPrefix returns the env_prefix of a settings class, as its Config or model_config has it.
func (in *interp) environmentPrefix(c *class) string {
	if v, ok := in.classAttr(c, "Config", nil); ok {
		if inner, isClass := v.(*class); isClass {
			if p, set := in.classAttr(inner, "env_prefix", nil); set {
				s, _ := textIn(p)
				return s
			}
		}
	}
	if v, ok := in.classAttr(c, "model_config", nil); ok {
		if p, isPlace := v.(*place); isPlace && p.kind == dictPlace {
			s, _ := textIn(in.st.content(p).at("env_prefix"))
			return s
		}
	}
	return ""
}

// coerced returns what a field of pydantic's holds: it converts what isn't of the field's type, and copies containers.
func (in *interp) coerced(f field, o object) object {
	return apply(narrow(o, in.st.path), func(o object) object {
		switch o := o.(type) {
		case *place:
			if o.kind == listPlace && o.form == listForm || o.kind == dictPlace {
				return in.shallow(o)
			}
			if o.kind == listPlace {
				return unknown("the field " + f.name + " converts it")
			}
		case datum:
			if o.Kind() == value.KindAbsent || o.Kind() == value.KindOpaque {
				return o
			}
			wanted := strings.TrimSuffix(strings.TrimPrefix(f.kind, "Optional["), "]")
			switch {
			case isText(o) && (wanted == "str" || strings.HasPrefix(wanted, "str |") || strings.HasPrefix(wanted, "Literal[")):
				return o
			case isBool(o) && wanted == "bool":
				return o
			case !isText(o) && !isBool(o) && wanted == "int":
				return o
			}
			if def, ok := f.def.(datum); ok && def.Literal() == o.Literal() {
				return o // defaults aren't converted
			}
			return unknown("the field " + f.name + " converts it")
		}
		return o
	})
}

// namedTuple evaluates collections.namedtuple(name, fields, defaults=).
func (in *interp) namedTuple(n *pyast.Call, a *arguments) object {
	if len(a.positional) < 2 {
		return in.runtime(n)
	}
	name, _ := textIn(a.positional[0].obj)
	c := &class{name: name, kind: tupleClass, scope: &scope{up: in.scope, global: in.scope.global, module: in.scope.module}}
	c.scope.class = c
	var names []string
	if s, ok := textIn(a.positional[1].obj); ok {
		names = strings.Fields(strings.ReplaceAll(s, ",", " "))
	} else {
		inOrder := in.ordered(a.positional[1].obj)
		items, complete := in.elements(a.positional[1].obj)
		if !complete || !inOrder {
			return in.runtime(n)
		}
		for _, item := range items {
			s, ok := textIn(item.obj)
			if !ok {
				return in.runtime(n)
			}
			names = append(names, s)
		}
	}
	for _, name := range names {
		c.fields = append(c.fields, field{name: name})
	}
	if kw, ok := a.keyword("defaults"); ok {
		items, complete := in.elements(kw.obj)
		if !complete || len(items) > len(names) {
			return in.runtime(n)
		}
		for i, item := range items {
			c.fields[len(names)-len(items)+i].def = item.obj
		}
	}
	return c
}

// recordItems returns the elements of an instance: those of a named tuple.
func (in *interp) recordItems(p *place) ([]entry, bool) {
	if p.kind != instancePlace || p.own == nil || p.own.kind != tupleClass {
		return nil, false
	}
	c := in.st.content(p)
	out := make([]entry, len(c.entries))
	for i, e := range c.entries {
		out[i] = entry{obj: e.obj}
	}
	return out, !c.open
}

// recordItem returns an item of an instance that has some; nil where it has none.
func (in *interp) recordItem(p *place, key object) object {
	items, complete := in.recordItems(p)
	if i, ok := number(key); ok && complete {
		return in.elementAt(&content{entries: items}, i, "it")
	}
	return nil
}

// recordMethod evaluates a method that a kind of class gives to its instances; nil where the class has none of the name.
func (in *interp) recordMethod(n *pyast.Call, p *place, name string, a *arguments) object {
	if p.own == nil {
		return nil
	}
	if _, own := in.classAttr(p.own, name, nil); own {
		return nil
	}
	switch {
	case p.own.kind == tupleClass && name == "_asdict", (p.own.kind == modelClass || p.own.kind == settingsClass) && (name == "dict" || name == "model_dump"):
		if len(a.positional)+len(a.keywords) == 0 && a.open == "" {
			return in.asDict(n, p, 0)
		}
	case p.own.kind == tupleClass && name == "_replace":
		return in.replaced(n, p, a)
	case (p.own.kind == modelClass || p.own.kind == settingsClass) && (name == "copy" || name == "model_copy") && len(a.positional)+len(a.keywords) == 0:
		return in.shallowRecord(p)
	}
	return nil
}

// asDict evaluates dataclasses.asdict(o), which goes into what the fields hold.
func (in *interp) asDict(n *pyast.Call, o object, depth int) object {
	if depth > maxFreeze {
		return unknown("it nests too deep")
	}
	return apply(narrow(o, in.st.path), func(o object) object {
		p, ok := o.(*place)
		switch {
		case !ok:
			return o
		case p.kind == instancePlace && (p.own == nil || p.own.kind == plainClass || p.own.kind == enumClass):
			return o
		}
		c := in.st.content(p)
		in.charge(itemsPerStep + len(c.entries))
		q := &place{kind: p.kind, form: p.form, span: in.span(n), header: in.span(n)}
		if p.kind == instancePlace {
			q.kind = dictPlace
		}
		out := &content{open: c.open, reason: c.reason, shuffled: c.shuffled}
		for _, e := range c.entries {
			if p.kind == instancePlace && !p.own.declares(e.name) {
				continue
			}
			e.obj = in.asDict(n, e.obj, depth+1)
			out.entries = append(out.entries, e)
		}
		in.st.setContent(q, out)
		return q
	})
}

// declares reports whether a class has a field of a name.
func (c *class) declares(name string) bool {
	for _, f := range c.fields {
		if f.name == name {
			return true
		}
	}
	return false
}

// shallowRecord returns a copy of an instance.
func (in *interp) shallowRecord(p *place) *place {
	q := &place{kind: p.kind, span: p.span, header: p.header, class: p.class, own: p.own}
	in.st.setContent(q, in.st.content(p))
	return q
}

// replaced evaluates dataclasses.replace(o, name=...).
func (in *interp) replaced(n *pyast.Call, o object, a *arguments) object {
	return apply(narrow(o, in.st.path), func(o object) object {
		p, ok := o.(*place)
		if !ok || p.kind != instancePlace || p.own == nil {
			return unknown(in.reasonOr(o, "some of its fields are replaced"))
		}
		q := in.shallowRecord(p)
		c := in.st.content(q)
		if a.open != "" {
			c = c.unsure(a.open)
		}
		for _, kw := range a.keywords {
			c = c.with(entry(kw))
		}
		in.st.setContent(q, c)
		in.postInit(q, n)
		return q
	})
}
