//! `--vary KEY=VALUES`: an axis of the command line, as a `[[vary]]` block behind the text of the spec, so that it means what it
//! would there, and a refusal shows it.

use crate::failure::Failure;

/// The spec with a block more for each axis.
pub(super) fn with(mut text: String, axes: &[String]) -> Result<String, Failure> {
    for axis in axes {
        let block = block(axis).map_err(|reason| Failure::BadInput(format!("--vary {axis}: {reason}")))?;
        text.push_str(&format!("\n# --vary\n[[vary]]\n{block}\n"));
    }
    Ok(text)
}

/// The line of one axis.
fn block(axis: &str) -> Result<String, String> {
    const WRITE: &str = "write KEY=1,7,30, KEY=500..5000:5, or KEY=1e3..1e6:7:log for equal ratios";
    let parts = axis.split_once('=').map(|(key, values)| (key.trim(), values.trim()));
    let (key, values) = parts.filter(|(k, v)| !k.is_empty() && !v.is_empty()).ok_or(WRITE)?;
    let key = toml::Value::String(key.to_string());
    Ok(format!("{key} = {}", range(values)?.unwrap_or_else(|| list(values))))
}

/// `500..5000:5` and `1e3..1e6:7:log`; `None` where it is not written like that.
fn range(values: &str) -> Result<Option<String>, String> {
    let Some((from, rest)) = values.split_once("..") else { return Ok(None) };
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|x| x.is_finite());
    let mut rest = rest.split(':');
    let (Some(low), Some(high)) = (number(from), rest.next().and_then(number)) else { return Ok(None) };
    let points = rest.next().ok_or("how many points? FROM..TO:POINTS, such as 500..5000:5")?;
    let points: u32 = points.trim().parse().map_err(|_| format!("`{points}` is no number of points"))?;
    let scale = rest.next().unwrap_or("linear").trim();
    if !["log", "linear"].contains(&scale) || rest.next().is_some() {
        return Err(format!("after the points stands `log` or nothing, not `{scale}`"));
    }
    Ok(Some(format!("{{ from = {low:?}, to = {high:?}, points = {points}, scale = \"{scale}\" }}")))
}

/// Values between commas that are in no brackets and no quotes; one that is not TOML is a word.
fn list(values: &str) -> String {
    let (mut items, mut item, mut depth, mut quoted) = (Vec::new(), String::new(), 0, false);
    for letter in values.chars() {
        match letter {
            '"' => quoted = !quoted,
            '[' | '{' if !quoted => depth += 1,
            ']' | '}' if !quoted => depth -= 1,
            ',' if depth == 0 && !quoted => {
                items.push(std::mem::take(&mut item));
                continue;
            }
            _ => {}
        }
        item.push(letter);
    }
    items.push(item);
    let value = |item: &String| {
        let item = item.trim();
        match format!("x = {item}").parse::<toml::Table>() {
            Ok(_) => item.to_string(),
            Err(_) => toml::Value::String(item.to_string()).to_string(),
        }
    };
    format!("[{}]", items.iter().map(value).collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_are_blocks() {
        for (axis, expected) in [
            ("operator.rebuild_days=1,7,30", "\"operator.rebuild_days\" = [1, 7, 30]"),
            ("topology.peers=500..5000:5", "from = 500.0, to = 5000.0, points = 5, scale = \"linear\""),
            ("peers=1e3..1e6:7:log", "from = 1000.0, to = 1000000.0, points = 7, scale = \"log\""),
            ("dims=[10, 10],[20, 20]", "\"dims\" = [[10, 10], [20, 20]]"),
            ("removes=nodes, edges", "\"removes\" = [\"nodes\", \"edges\"]"),
            ("peers=500", "\"peers\" = [500]"),
            ("path=../a.txt,b,c", "[\"../a.txt\", \"b\", \"c\"]"),
        ] {
            let text = block(axis).unwrap();
            assert!(text.contains(expected), "{axis}: {text}");
            text.parse::<toml::Table>().unwrap();
        }
        for (axis, expected) in [
            ("peers", "write KEY="),
            ("=1,2", "write KEY="),
            ("peers=", "write KEY="),
            ("peers=1..5", "how many points"),
            ("peers=1..5:many", "no number of points"),
            ("peers=1..5:3:cubic", "not `cubic`"),
        ] {
            let reason = block(axis).unwrap_err();
            assert!(reason.contains(expected), "{axis}: {reason}");
        }
    }
}
