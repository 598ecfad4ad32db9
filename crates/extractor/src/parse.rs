//! The tree of a page as `scraper` builds it, without what stands in scripts and styles.
//!
//! Half of a page is code that nobody reads. The tokenizer says when it has met the tag of a script or a style,
//! and then its input goes on at the end of that element; linked data is kept.

use std::cell::Cell;

use html5ever::buffer_queue::BufferQueue;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink};
use html5ever::{TokenizerResult, local_name};
use memchr::{memchr, memchr_iter, memmem};
use scraper::{Html, HtmlTreeSink};

use crate::linked;

/// Parses a page.
pub fn document(source: &str) -> Html {
    let builder = TreeBuilder::new(HtmlTreeSink::new(Html::new_document()), TreeBuilderOpts::default());
    let tokenizer = Tokenizer::new(Listening { builder, code: Cell::new(None) }, TokenizerOpts::default());
    let input = BufferQueue::default();
    let mut rest = source;
    while !rest.is_empty() {
        let (markup, behind) = rest.split_at(tag_of_code(rest));
        input.push_back(markup.into());
        while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
        rest = tokenizer.sink.code.take().map_or(behind, |name| without_code(behind, name));
    }
    tokenizer.end();
    tokenizer.sink.builder.sink.finish()
}

/// The tree builder, and whether the last token opened an element whose text is code.
struct Listening {
    builder: TreeBuilder<ego_tree::NodeId, HtmlTreeSink>,
    code: Cell<Option<&'static str>>,
}

impl TokenSink for Listening {
    type Handle = ego_tree::NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Self::Handle> {
        let code = match &token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => code_of(tag),
            _ => None,
        };
        let result = self.builder.process_token(token, line);
        // Inside a drawing, a style is an element like others.
        self.code.set(code.filter(|_| matches!(result, TokenSinkResult::RawData(_))));
        result
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// The name of an element whose text is code.
fn code_of(tag: &Tag) -> Option<&'static str> {
    if tag.name == local_name!("style") {
        return Some("style");
    }
    let kind = || tag.attrs.iter().find(|attr| attr.name.local == local_name!("type"));
    (tag.name == local_name!("script") && !kind().is_some_and(|kind| linked::is_linked(&kind.value))).then_some("script")
}

/// Where the next tag that may open a script or a style ends; what looks like one and is none does no harm.
fn tag_of_code(source: &str) -> usize {
    let bytes = source.as_bytes();
    let named = |at: usize, name: &[u8]| bytes.get(at..at + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name));
    memchr_iter(b'<', bytes)
        .find(|at| named(at + 1, b"script") || named(at + 1, b"style"))
        .and_then(|at| memchr(b'>', &bytes[at..]).map(|end| at + end + 1))
        .unwrap_or(bytes.len())
}

/// What is left of a source from the end of a script or style; all of it where the script hides a part of itself in a comment,
/// since the end is then not what it seems to be.
fn without_code<'s>(source: &'s str, name: &str) -> &'s str {
    let (code, rest) = source.split_at(end_of_code(source, name));
    if memmem::find(code.as_bytes(), b"<!--").is_some() { source } else { rest }
}

/// Where the text of a script or the like ends.
pub fn end_of_code(text: &str, name: &str) -> usize {
    let bytes = text.as_bytes();
    memchr_iter(b'<', bytes)
        .find(|at| {
            bytes.get(at + 1) == Some(&b'/')
                && bytes[at + 2..].get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
        })
        .unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::{self, Node};

    /// The names and texts of a tree, those inside scripts and styles left out.
    fn outline(html: &Html) -> String {
        let is_code = |node: &Node| node.parent().is_some_and(|outer| matches!(dom::tag(outer), "script" | "style"));
        let shown = |node: Node| format!("{} {:?}\n", node.ancestors().count(), node.value());
        dom::descend(html.tree.root()).filter(|node| !(is_code(node) && node.value().is_text())).map(shown).collect()
    }

    #[test]
    fn the_tree_is_that_of_the_whole_page() {
        for source in [
            "",
            "<script>if (a < b) '<p>không'</script><p>có",
            "<STYLE media=all>p > a { }</STYLE ><p>có<script src='x'></script>có",
            "<script>a = '</scripts>'</script><p>có",
            "<script><!-- document.write('<script>x</script>') --></script><p>có",
            "<script><!-- a </script><p>có",
            "<script title='a>b' lang='vi'>không</script><p>có",
            "<a title='<script>'>có</a><!-- <script> --><p>có<textarea><script>có</textarea><p>có",
            "<svg><style>p<b>đậm</b></style><script>a</script></svg><p>có",
            "<script>không<p>không",
            "<p>có<script",
            "<table><script>không</script><tr><td>có<style>không</style></table><select><script>không</script><option>có",
        ] {
            assert_eq!(outline(&document(source)), outline(&Html::parse_document(source)), "{source}");
        }
    }

    #[test]
    fn code_is_passed_over_and_linked_data_kept() {
        let html = document("<script>không</script><style>không</style><script type='application/ld+json'>{}</script><p>có");
        let texts: Vec<&str> = dom::descend(html.tree.root()).filter_map(|node| node.value().as_text()).map(|text| &**text).collect();
        assert_eq!(texts, ["{}", "có"]);
    }
}
