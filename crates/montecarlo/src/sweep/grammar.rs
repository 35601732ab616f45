//! What a study says of the tables of its spec, so that a list can be told from several values.

use hydranet_topology::Params;
use serde_json::Value;

/// What a table of a spec is read into.
#[derive(Debug, Clone)]
pub struct TableTakes {
    /// What the cell is called where the table has no `label`.
    pub called: String,
    /// The JSON schema of its keys.
    pub schema: Value,
}

impl TableTakes {
    /// With a key more, of a schema of its own.
    #[must_use]
    pub fn with(mut self, key: &str, schema: Value) -> TableTakes {
        if let Some(defs) = schema["$defs"].as_object() {
            for (name, definition) in defs {
                self.schema["$defs"][name] = definition.clone();
            }
        }
        self.schema["properties"][key] = schema;
        self
    }
}

/// A list of tables, `[[table]]`, each of which is a topology or a treatment.
#[derive(Debug)]
pub struct CellTable {
    /// What a spec calls it: `topology`, `treatment`, `family`.
    pub table: &'static str,
    /// Which of the two it is: `topology` or `treatment`.
    pub of: &'static str,
    /// The key that names a plug-in, if it has one: with a list of names, each is a cell of its own name.
    pub name: Option<&'static str>,
}

/// The tables of a spec that can vary.
pub struct Grammar<'g> {
    /// Those whose entries are cells.
    pub cells: &'g [CellTable],
    /// Tables of the top level that lie under every treatment.
    pub shared: Vec<&'static str>,
    /// What an entry of a table is read into; `None` if that cannot be told, as of a name that nobody knows: the study refuses
    /// it.
    pub takes: &'g dyn Fn(&str, &Params<'_>) -> Option<TableTakes>,
}

impl std::fmt::Debug for Grammar<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.cells.iter().map(|cell| cell.table)).finish()
    }
}

/// A place in a schema.
#[derive(Debug, Clone, Copy)]
pub(super) struct Takes<'s> {
    here: &'s Value,
    root: &'s Value,
}

impl<'s> Takes<'s> {
    pub(super) fn root(schema: &'s Value) -> Takes<'s> {
        Takes { here: schema, root: schema }
    }

    /// Every schema that a value here may follow.
    fn choices(self) -> Vec<&'s Value> {
        let mut list = Vec::new();
        let mut look = vec![self.here];
        while let Some(next) = look.pop() {
            match next["$ref"].as_str().and_then(|path| self.root.pointer(path.trim_start_matches('#'))) {
                Some(target) => look.push(target),
                None => list.push(next),
            }
            let inner = ["anyOf", "oneOf", "allOf"].into_iter().filter_map(|key| next[key].as_array()).flatten();
            look.extend(inner);
        }
        list
    }

    /// A key of the table here.
    pub(super) fn key(self, key: &str) -> Option<Takes<'s>> {
        let found = self.choices().into_iter().find_map(|choice| choice["properties"].get(key));
        found.map(|here| Takes { here, ..self })
    }

    /// Element number `at` of a list whose elements are told one by one.
    pub(super) fn element(self, at: usize) -> Option<Takes<'s>> {
        let found = self.choices().into_iter().find_map(|choice| choice["prefixItems"].get(at));
        found.map(|here| Takes { here, ..self })
    }

    /// The keys of the table here.
    pub(super) fn keys(self) -> Vec<&'s str> {
        let properties = self.choices().into_iter().filter_map(|choice| choice["properties"].as_object());
        properties.flat_map(|properties| properties.keys().map(String::as_str)).collect()
    }

    fn types(self) -> Vec<&'s str> {
        let of = |choice: &'s Value| match &choice["type"] {
            Value::String(name) => vec![name.as_str()],
            Value::Array(list) => list.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        self.choices().into_iter().flat_map(of).collect()
    }

    /// Whether a number here is a whole one.
    pub(super) fn whole(self) -> bool {
        let types = self.types();
        types.contains(&"integer") && !types.contains(&"number")
    }

    /// How deep lists are nested in the deepest value that fits here; 0 if no list does.
    pub(super) fn depth(self) -> usize {
        let of = |choice: &'s Value| {
            let list = match &choice["type"] {
                Value::String(name) => name == "array",
                Value::Array(names) => names.iter().any(|name| name == "array"),
                _ => false,
            };
            if !list {
                return 0;
            }
            let inner = choice.get("items").into_iter().chain(choice["prefixItems"].as_array().into_iter().flatten());
            1 + inner.map(|here| Takes { here, ..self }.depth()).max().unwrap_or(0)
        };
        self.choices().into_iter().map(of).max().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use schemars::JsonSchema;

    #[derive(JsonSchema)]
    #[allow(dead_code)]
    struct Example {
        whole: u32,
        maybe: Option<u64>,
        real: f64,
        list: Vec<u32>,
        square: Vec<Vec<f64>>,
        pair: Option<[String; 2]>,
        inner: Option<Inner>,
        either: Either,
    }

    #[derive(JsonSchema)]
    #[allow(dead_code)]
    struct Inner {
        deep: Vec<f64>,
    }

    #[derive(JsonSchema)]
    #[serde(tag = "law")]
    #[allow(dead_code)]
    enum Either {
        One { a: u32 },
        Two { b: Vec<u32> },
    }

    #[test]
    fn schemas_tell_what_a_key_takes() {
        let schema = hydranet_plugin::schema_of::<Example>();
        let takes = |path: &str| {
            let root = Takes::root(schema.as_value());
            path.split('.').try_fold(root, |takes, key| takes.key(key)).map(|takes| (takes.whole(), takes.depth()))
        };
        for (path, expected) in [
            ("whole", (true, 0)),
            ("maybe", (true, 0)),
            ("real", (false, 0)),
            ("list", (false, 1)),
            ("square", (false, 2)),
            ("pair", (false, 1)),
            ("inner", (false, 0)),
            ("inner.deep", (false, 1)),
            ("either.a", (true, 0)),
            ("either.b", (false, 1)),
        ] {
            assert_eq!(takes(path), Some(expected), "{path}");
        }
        assert_eq!(takes("inner.other"), None);
    }
}
