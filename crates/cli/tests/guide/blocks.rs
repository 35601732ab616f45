//! The code blocks of a chapter.

/// A fenced code block.
#[derive(Debug, PartialEq)]
pub(crate) struct Block<'t> {
    /// What stands behind the fence, split at commas.
    pub(crate) tags: Vec<&'t str>,
    /// What stands between the fences.
    pub(crate) text: &'t str,
    /// Where `text` begins in the chapter, in bytes.
    pub(crate) start: usize,
    /// The line of the opening fence, from 1.
    pub(crate) line: usize,
}

impl<'t> Block<'t> {
    /// Whether the block is of this language, with this tag if one is named.
    pub(crate) fn is(&self, language: &str, tag: Option<&str>) -> bool {
        self.tags.first() == Some(&language) && tag.is_none_or(|tag| self.tags.contains(&tag))
    }

    /// The value of a tag `key=value`.
    pub(crate) fn value(&self, key: &str) -> Option<&'t str> {
        self.tags.iter().find_map(|tag| tag.strip_prefix(key)?.strip_prefix('='))
    }
}

/// All code blocks of a chapter, in their order.
///
/// # Panics
/// If a fence is not closed, or a block does not say what it holds.
pub(crate) fn blocks(chapter: &str) -> Vec<Block<'_>> {
    let (mut list, mut open, mut at) = (Vec::new(), None, 0);
    for (i, line) in chapter.split_inclusive('\n').enumerate() {
        match (line.trim_end().strip_prefix("```"), open) {
            (Some(tags), None) => {
                assert!(!tags.is_empty(), "line {}: a code block that does not say what it holds", i + 1);
                open = Some((tags, at + line.len(), i + 1));
            }
            (Some(_), Some((tags, start, line))) => {
                let tags = tags.split(',').map(str::trim).collect();
                list.push(Block { tags, text: &chapter[start..at], start, line });
                open = None;
            }
            (None, _) => {}
        }
        at += line.len();
    }
    assert!(open.is_none(), "a code block without an end");
    list
}

#[test]
fn finds_blocks() {
    let chapter = "a\n```toml,file=x.toml\nk = 1\n```\nb\n```sh\nls\n```\n";
    let found = blocks(chapter);
    assert_eq!((found.len(), found[0].text, found[0].line), (2, "k = 1\n", 2));
    assert_eq!((found[0].value("file"), found[1].value("file")), (Some("x.toml"), None));
    assert!(found[1].is("sh", None) && !found[1].is("sh", Some("norun")));
    assert_eq!(&chapter[found[1].start..][..2], "ls");
}
