package terraform

import (
	"errors"
	"math/big"
	"net/netip"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// cidrFunction makes a function of an address prefix and some numbers to a text.
func cidrFunction(numbers int, f func(netip.Prefix, []int) (string, error)) function.Function {
	params := []function.Parameter{{Name: "prefix", Type: cty.String}}
	for range numbers {
		params = append(params, function.Parameter{Name: "number", Type: cty.Number})
	}
	return function.New(&function.Spec{
		Params: params,
		Type:   function.StaticReturnType(cty.String),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			prefix, err := parsePrefix(args[0].AsString())
			if err != nil {
				return cty.NilVal, err
			}
			ns, err := integers(args[1:])
			if err != nil {
				return cty.NilVal, err
			}
			s, err := f(prefix, ns)
			return cty.StringVal(s), err
		},
	})
}

func cidrSubnets() function.Function {
	return function.New(&function.Spec{
		Params:   []function.Parameter{{Name: "prefix", Type: cty.String}},
		VarParam: &function.Parameter{Name: "newbits", Type: cty.Number},
		Type:     function.StaticReturnType(cty.List(cty.String)),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			prefix, err := parsePrefix(args[0].AsString())
			if err != nil {
				return cty.NilVal, err
			}
			newBits, err := integers(args[1:])
			if err != nil {
				return cty.NilVal, err
			}
			return packed(prefix, newBits)
		},
	})
}

// packed lays subnets of the given sizes one after another, each at the next place where one of its size may begin.
func packed(prefix netip.Prefix, newBits []int) (cty.Value, error) {
	if len(newBits) == 0 {
		return cty.ListValEmpty(cty.String), nil
	}
	var out []cty.Value
	width := prefix.Addr().BitLen()
	base := number(prefix.Addr())
	limit := new(big.Int).Add(base, new(big.Int).Lsh(big.NewInt(1), uint(width-prefix.Bits())))
	next := new(big.Int).Set(base)
	for _, n := range newBits {
		bits := prefix.Bits() + n
		if n < 1 || bits > width {
			return cty.NilVal, errors.New("the prefix has no room for so many bits")
		}
		size := new(big.Int).Lsh(big.NewInt(1), uint(width-bits))
		if rest := new(big.Int).Mod(next, size); rest.Sign() != 0 {
			next.Add(next, new(big.Int).Sub(size, rest))
		}
		end := new(big.Int).Add(next, size)
		if end.Cmp(limit) > 0 {
			return cty.NilVal, errors.New("the prefix has no room for another subnet")
		}
		out = append(out, cty.StringVal(netip.PrefixFrom(address(next, width), bits).String()))
		next = end
	}
	return cty.ListVal(out), nil
}

func cidrHost(p netip.Prefix, ns []int) (string, error) {
	width := p.Addr().BitLen()
	room := new(big.Int).Lsh(big.NewInt(1), uint(width-p.Bits()))
	host := big.NewInt(int64(ns[0]))
	if host.Sign() < 0 {
		host.Add(host, room)
	}
	if host.Sign() < 0 || host.Cmp(room) >= 0 {
		return "", errors.New("the prefix has no such host")
	}
	return address(host.Add(host, number(p.Addr())), width).String(), nil
}

func cidrNetmask(p netip.Prefix, _ []int) (string, error) {
	if !p.Addr().Is4() {
		return "", errors.New("IPv6 has no netmasks")
	}
	return address(new(big.Int).Sub(big.NewInt(1<<32), new(big.Int).Lsh(big.NewInt(1), uint(32-p.Bits()))), 32).String(), nil
}

func cidrSubnet(p netip.Prefix, ns []int) (string, error) {
	width := p.Addr().BitLen()
	bits := p.Bits() + ns[0]
	if ns[0] < 0 || bits > width {
		return "", errors.New("the prefix has no room for so many bits")
	}
	if ns[1] < 0 || big.NewInt(int64(ns[1])).BitLen() > ns[0] {
		return "", errors.New("the prefix has no such subnet")
	}
	at := new(big.Int).Lsh(big.NewInt(int64(ns[1])), uint(width-bits))
	return netip.PrefixFrom(address(at.Add(at, number(p.Addr())), width), bits).String(), nil
}

func parsePrefix(s string) (netip.Prefix, error) {
	p, err := netip.ParsePrefix(s)
	if err != nil {
		return p, errors.New("it is no address prefix")
	}
	return p.Masked(), nil
}

func number(a netip.Addr) *big.Int { return new(big.Int).SetBytes(a.AsSlice()) }

func address(n *big.Int, width int) netip.Addr {
	b := make([]byte, width/8)
	a, _ := netip.AddrFromSlice(n.FillBytes(b))
	return a
}

func integers(args []cty.Value) ([]int, error) {
	out := make([]int, len(args))
	for i, a := range args {
		f := a.AsBigFloat()
		n, exact := f.Int64()
		if exact != big.Exact || n != int64(int32(n)) {
			return nil, errors.New("the number is no small integer")
		}
		out[i] = int(n)
	}
	return out, nil
}
