//! A kind of a foreign crate, good tables of it, and tables that break one promise each.

use hydranet_plugin::{Built, Holds, Invalid, Params, Plugin, PluginKind, Registration, Registry, Wraps};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

trait Shape: std::fmt::Debug + Send + Sync {
    fn area(&self) -> f64;
}

impl PluginKind for dyn Shape {
    const KIND: &'static str = "shape";
    const KINDS: &'static str = "shapes";
    const RESERVED: &'static [&'static str] = &["label"];
    type Shared = Scaled;
}

impl<P: Shape + 'static> Holds<P> for dyn Shape {
    fn share(plugin: P) -> Arc<dyn Shape> {
        Arc::new(plugin)
    }
}

/// Parameters of a square.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SquareParams {
    /// Length of a side (> 0).
    side: f64,
    /// What it is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
}

#[derive(Debug)]
struct Square(SquareParams);

impl Shape for Square {
    fn area(&self) -> f64 {
        self.0.side * self.0.side
    }
}

impl Plugin for Square {
    type Params = SquareParams;
    const NAME: &'static str = "square";
    const ALIASES: &'static [&'static str] = &["quad"];
    const ABOUT: &'static str = "four sides of one length, at right angles";
    const EXAMPLE: &'static str = "side = 2.0";

    fn new(params: SquareParams) -> Result<Square, Invalid> {
        hydranet_plugin::bounds::positive("side", params.side)?;
        Ok(Square(params))
    }
}

/// What all shapes take.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct Scaled {
    /// Factor of the area (> 0).
    scale: Option<f64>,
}

#[derive(Debug)]
struct Larger(Arc<dyn Shape>, f64);

impl Shape for Larger {
    fn area(&self) -> f64 {
        self.0.area() * self.1
    }
}

impl Wraps<dyn Shape> for Scaled {
    fn wrap(self, shape: Arc<dyn Shape>) -> Arc<dyn Shape> {
        self.scale.map_or(shape.clone(), |factor| Arc::new(Larger(shape, factor)))
    }
}

const SHAPES: &[Registration<dyn Shape>] = &[Registration::of::<Square>()];
const AGAIN: &[Registration<dyn Shape>] = &[Registration::of::<Square>()];

fn build(table: &'static [Registration<dyn Shape>], text: &str) -> Result<Built<dyn Shape>, String> {
    let known = Registry::default().with(table);
    let row = known.get("quad").expect("an alias is a name");
    row.build(&Params::parse(text).expect("TOML")).map_err(|e| e.to_string())
}

#[test]
fn tables_that_keep_their_promises() {
    hydranet_plugin::check(SHAPES);
    let built = build(SHAPES, "side = 3.0\nscale = 2.0").unwrap();
    assert_eq!((built.name, built.value.area()), ("square", 18.0));
    assert_eq!(built.params.to_string(), "scale = 2.0\nside = 3.0\n");
    assert_eq!(build(SHAPES, "side = 3.0").unwrap().value.area(), 9.0);
    let shown: Vec<_> = SHAPES[0].params().into_iter().map(|p| (p.name, p.required)).collect();
    assert_eq!(shown, [("side".into(), true), ("name".into(), false), ("scale".into(), false)]);
}

#[test]
fn refusals_name_the_value_and_what_is_allowed() {
    for (text, want) in [
        ("side = 0.0", "bad parameters for shape `square`: `side`: more than 0, not 0"),
        ("", "bad parameters for shape `square`: missing field `side`"),
        ("side = \"2\"", "bad parameters for shape `square`: `side`: invalid type: string \"2\", expected f64"),
        ("sid = 2.0", "unknown field `sid`, expected one of `side`, `name`, `scale`; did you mean `side`?"),
    ] {
        let got = build(SHAPES, text).unwrap_err();
        assert!(got.ends_with(want), "{got}");
    }
}

#[test]
fn what_is_built_in_rust_is_what_a_spec_would_build() {
    let square = || SquareParams { side: 3.0, name: None };
    let of = |params| -> Result<Built<dyn Shape>, Invalid> { Built::of::<Square>(params) };
    let (here, there) = (of(square()).unwrap(), build(SHAPES, "side = 3.0").unwrap());
    assert_eq!((here.name, &here.params, here.value.area()), (there.name, &there.params, there.value.area()));
    let here = here.with(Scaled { scale: Some(2.0) }).unwrap();
    let there = build(SHAPES, "side = 3.0\nscale = 2.0").unwrap();
    assert_eq!((&here.params, here.value.area()), (&there.params, there.value.area()));
    assert_eq!(of(SquareParams { side: 0.0, ..square() }).unwrap_err().param, "side");
}

#[test]
fn tables_of_two_structs_are_split() {
    let text = "side = 3.0\nscale = 2.0\nother = 1";
    let mut params = Params::parse(text).unwrap();
    let scaled = params.split::<Scaled>();
    assert_eq!(scaled.read::<Scaled>().unwrap().scale, Some(2.0));
    assert_eq!(&text[scaled.span_of("scale").unwrap()], "2.0");
    assert_eq!(params.to_toml(), "other = 1\nside = 3.0\n");
}

/// A row of a square under another name, about, example.
const fn row(name: &'static str, about: &'static str, example: &'static str) -> Registration<dyn Shape> {
    const GOOD: Registration<dyn Shape> = Registration::of::<Square>();
    Registration::new(name, &[], about, example, || GOOD.schema(), |params| GOOD.build(params))
}

const ABOUT: &str = "four sides of one length, at right angles";

fn check(table: &'static [Registration<dyn Shape>], broken: &str) {
    let panic = std::panic::catch_unwind(|| hydranet_plugin::check(table)).expect_err(broken);
    let said = panic.downcast_ref::<String>().cloned().or_else(|| panic.downcast_ref::<&str>().map(|s| s.to_string()));
    let said = said.expect("a message");
    assert!(said.contains(broken), "{said}");
}

#[test]
fn broken_promises_are_found() {
    check(const { &[] }, "registers nothing");
    check(const { &[row("Square", ABOUT, "side = 1.0")] }, "not kebab-case");
    check(const { &[row("square", "a square", "side = 1.0")] }, "says too little");
    check(const { &[row("square", "four sides of one length.", "side = 1.0")] }, "no full stop");
    check(const { &[row("square", ABOUT, "side = 0.0")] }, "its example is refused");
    check(const { &[row("square", ABOUT, "side =")] }, "example is not TOML");
    check(const { &[row("other", ABOUT, "side = 1.0")] }, "another name");
    check(const { &[Registration::of::<Square>(), Registration::of::<Square>()] }, "stands twice");
}

#[test]
#[should_panic(expected = "two shapes are called `square`")]
fn two_crates_do_not_quarrel() {
    let _ = Registry::default().with(SHAPES).with(AGAIN);
}
