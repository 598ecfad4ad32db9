//! Short ways through the tree that `scraper` builds.
//!
//! Attributes are compared as interned names and nothing is looked up twice, because every element of a page passes here.

use html5ever::{LocalName, local_name};
use scraper::Node as Value;
use scraper::node::Element;

use crate::{clean, limits};

/// How far into a figure its image is looked for, so that figures inside figures stay cheap.
const MOST_IN_FIGURE: usize = 200;

/// More nodes than the mark of a footnote holds.
const MOST_IN_MARK: usize = 8;

/// A node of the page.
pub type Node<'a> = ego_tree::NodeRef<'a, Value>;

/// An attribute's value.
pub fn attr<'a>(element: &'a Element, name: &LocalName) -> Option<&'a str> {
    element.attrs.iter().find(|(key, _)| key.local == *name).map(|(_, value)| &**value)
}

/// The attribute of an element node; none for text and comments.
pub fn node_attr<'a>(node: Node<'a>, name: &LocalName) -> Option<&'a str> {
    attr(node.value().as_element()?, name)
}

/// The name of an element node.
pub fn tag(node: Node<'_>) -> &str {
    node.value().as_element().map_or("", |element| &*element.name.local)
}

/// Where a link leads.
pub fn href(element: &Element) -> Option<&str> {
    attr(element, &local_name!("href"))
}

/// Whether there is a link in a node.
pub fn has_link(node: Node<'_>) -> bool {
    descend(node).any(|inner| tag(inner) == "a")
}

/// Whether more than half of what a node says is links.
pub fn is_mostly_links(node: Node<'_>) -> bool {
    let linked: usize = descend(node).filter(|inner| tag(*inner) == "a").map(|link| line(link).len()).sum();
    linked > 0 && linked * 2 > line(node).len()
}

/// Where an image lies; lazy loading keeps the address in `data-src` or `data-original`.
pub fn image_source(element: &Element) -> Option<&str> {
    let plain = attr(element, &local_name!("src")).filter(|src| !src.is_empty() && !src.starts_with("data:"));
    let lazy = || {
        element
            .attrs
            .iter()
            .find(|(key, value)| matches!(&*key.local, "data-src" | "data-original") && !value.is_empty())
            .map(|(_, v)| &**v)
    };
    plain.or_else(lazy)
}

/// Whether no reader sees the element's text: scripts, styles, forms' controls, embedded documents.
pub fn is_silent(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "iframe"
            | "object"
            | "embed"
            | "svg"
            | "math"
            | "select"
            | "textarea"
            | "button"
            | "input"
            | "canvas"
            | "audio"
            | "video"
            | "map"
            | "head"
            | "title"
            | "meta"
            | "link"
            | "datalist"
            | "dialog"
            | "option"
    )
}

/// Whether an element starts and ends a line.
pub fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "main"
            | "header"
            | "footer"
            | "aside"
            | "nav"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "ul"
            | "ol"
            | "li"
            | "dl"
            | "dt"
            | "dd"
            | "table"
            | "tbody"
            | "thead"
            | "tfoot"
            | "tr"
            | "td"
            | "th"
            | "caption"
            | "blockquote"
            | "pre"
            | "figure"
            | "figcaption"
            | "hr"
            | "form"
            | "fieldset"
            | "details"
            | "summary"
            | "center"
            | "address"
            | "body"
            | "html"
    )
}

/// The node after this one and everything inside it, in document order, within a root.
pub fn after<'a>(node: Node<'a>, root: Node<'a>) -> Option<Node<'a>> {
    let mut at = node;
    loop {
        if at.id() == root.id() {
            return None;
        }
        if let Some(next) = at.next_sibling() {
            return Some(next);
        }
        at = at.parent()?;
    }
}

/// The next node in document order, within a root.
pub fn next<'a>(node: Node<'a>, root: Node<'a>) -> Option<Node<'a>> {
    node.first_child().or_else(|| after(node, root))
}

/// Every node below a root in document order, the root first.
pub fn descend(root: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    std::iter::successors(Some(root), move |node| next(*node, root))
}

/// Whether a node lies inside another, or is it.
pub fn is_within(node: Node<'_>, outer: Node<'_>) -> bool {
    node.id() == outer.id() || node.ancestors().any(|ancestor| ancestor.id() == outer.id())
}

/// What a reader sees of a node as one line, spaces folded.
pub fn line(root: Node<'_>) -> String {
    beginning(root, usize::MAX)
}

/// A line, or its beginning where it is longer than so many bytes.
pub fn beginning(root: Node<'_>, most: usize) -> String {
    let mut text = String::new();
    let mut at = Some(root);
    while let Some(node) = at.filter(|_| text.len() <= most) {
        at = match node.value() {
            Value::Text(piece) => {
                fold_into(&mut text, limits::front(piece, most));
                after(node, root)
            }
            Value::Element(element) if is_silent(&element.name.local) => after(node, root),
            Value::Element(element) if is_raised(element) && raise(node, element, &mut text) => after(node, root),
            Value::Element(element) => {
                if is_block(&element.name.local) || &*element.name.local == "br" {
                    fold_into(&mut text, " ");
                }
                next(node, root)
            }
            _ => next(node, root),
        };
    }
    text.truncate(text.trim_end().len());
    clean::finish(text).0
}

/// Whether an element may hold the mark of a footnote or an exponent.
pub fn is_raised(element: &Element) -> bool {
    element.name.local == local_name!("sup")
        || element.name.local == local_name!("a") && href(element).is_some_and(|href| href.len() > 1 && href.starts_with('#'))
}

/// Keeps raised characters from being read as digits of the number before them; whether there is nothing more to print.
///
/// The mark of a footnote is no part of the sentence; where it opens the note itself it stays. What stands raised behind a figure stays so.
pub fn raise(node: Node<'_>, element: &Element, text: &mut String) -> bool {
    if descend(node).nth(MOST_IN_MARK).is_some() {
        return false;
    }
    let mut raised = String::new();
    descend(node).filter_map(|inner| inner.value().as_text()).for_each(|piece| _ = fold_into(&mut raised, piece));
    let raised = raised.trim_end();
    let bare = raised.trim_matches(['[', ']', '(', ')']);
    let is_number = (1..=3).contains(&bare.len()) && bare.bytes().all(|byte| byte.is_ascii_digit());
    if is_mark(bare) || is_number && (bare.len() < raised.len() || is_linked(node, element, text)) {
        return !text.trim_end().is_empty();
    }
    let is_exponent = is_number && text.ends_with(|c: char| c.is_ascii_digit() || c == '%');
    if is_exponent {
        text.extend(bare.bytes().map(superscript));
    }
    is_exponent
}

fn is_mark(text: &str) -> bool {
    matches!(text, "*" | "**" | "***" | "↩" | "↩\u{FE0E}" | "↑" | "^")
}

/// Whether a number leads to a footnote; in a link of its own it is glued to the word before it, unlike that of a table.
fn is_linked(node: Node<'_>, element: &Element, before: &str) -> bool {
    if element.name.local == local_name!("a") {
        return !before.ends_with(' ') || descend(node).any(|inner| tag(inner) == "sup");
    }
    descend(node).any(|inner| tag(inner) == "a")
}

fn superscript(digit: u8) -> char {
    ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'][usize::from(digit - b'0')]
}

/// Appends a piece of text with white space folded to single spaces, none in front; how many characters it printed.
pub fn fold_into(text: &mut String, piece: &str) -> usize {
    let bytes = piece.as_bytes();
    let mut printed = 0;
    let mut from = 0;
    while from < bytes.len() {
        // Runs of what certainly is printed are copied whole, single spaces with them;
        // only the leading bytes of spaces and invisible signs need a look.
        let mut before = b' ';
        let mut is_plain = |byte: &u8| {
            let plain = !is_doubtful(*byte) || *byte == b' ' && before != b' ';
            before = *byte;
            plain
        };
        let plain = bytes[from..].iter().take_while(|byte| is_plain(byte)).count();
        if plain > 0 {
            let run = &piece[from..from + plain];
            text.push_str(run);
            printed += run.bytes().filter(|byte| *byte & 0xC0 != 0x80 && *byte != b' ').count();
            from += plain;
            continue;
        }
        let Some(c) = piece[from..].chars().next() else { break };
        if matches!(c, '\u{A0}' | '\u{AD}') && text.ends_with(['Ã', 'Â']) {
            // Half of an `à` or `í` that was misread, once or twice; it is put together again when the text is finished.
            text.push(c);
        } else if clean::is_space(c) {
            if !text.is_empty() && !text.ends_with(' ') {
                text.push(' ');
            }
        } else if !clean::is_invisible(c) {
            text.push(c);
            printed += 1;
        }
        from += c.len_utf8();
    }
    printed
}

/// Whether a byte may begin white space or an invisible sign: controls and space, and the lead bytes of U+0080 to U+00BF,
/// U+2000 to U+2FFF, U+3000 and U+FEFF. (Ogham's space in U+1680 is left alone: its lead byte is that of Vietnamese letters.)
fn is_doubtful(byte: u8) -> bool {
    byte <= b' ' || matches!(byte, 0xC2 | 0xE2 | 0xE3 | 0xEF)
}

/// Whether an element is not shown.
pub fn is_hidden(element: &Element) -> bool {
    element.attrs.iter().any(|(key, value)| {
        key.local == local_name!("hidden")
            || key.local == local_name!("style") && value.contains("none") && {
                let style: String = value.chars().filter(|c| !c.is_whitespace()).collect();
                style.contains("display:none")
            }
    })
}

/// Whether an element sets its text to the right or in the middle; none if it says nothing.
pub fn alignment(element: &Element, name: &str) -> Option<(bool, bool)> {
    if name == "center" {
        return Some((false, true));
    }
    let style = attr(element, &local_name!("style")).filter(|style| style.contains("text-align"));
    let value = match style {
        Some(style) => {
            let rest = &style[style.find("text-align")? + "text-align".len()..];
            rest.trim_start_matches([' ', ':']).split([';', ' ', '!']).next()?
        }
        None => attr(element, &local_name!("align"))?,
    };
    Some((value.eq_ignore_ascii_case("right") || value.eq_ignore_ascii_case("end"), value.eq_ignore_ascii_case("center")))
}

/// Whether a figure shows an image or a film, and holds no text of its own.
pub fn shows_something(figure: Node<'_>) -> bool {
    let inside = || descend(figure).take(MOST_IN_FIGURE);
    inside().any(|node| matches!(tag(node), "img" | "picture" | "video" | "iframe" | "figcaption" | "amp-img"))
        && !inside().any(|node| matches!(tag(node), "table" | "blockquote"))
}

/// The image of a figure, or of the figure around a caption.
pub fn image_of(node: Node<'_>) -> Option<String> {
    let figure = node.ancestors().take(3).find(|outer| tag(*outer) == "figure").unwrap_or(node);
    descend(figure)
        .take(MOST_IN_FIGURE)
        .filter(|inner| tag(*inner) == "img")
        .find_map(|img| image_source(img.value().as_element()?))
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raised_numbers_are_marks_or_exponents() {
        for (markup, printed) in [
            ("tăng 7,12%<sup><a href='#fn1'>1</a></sup> so với", "tăng 7,12% so với"),
            ("tăng 7,12%<a href='#_ftn1'>[1]</a> so với", "tăng 7,12% so với"),
            ("đạt 58 tỷ đồng<sup>(3)</sup>, tăng", "đạt 58 tỷ đồng, tăng"),
            ("giữ 10<sup>9</sup> m<sup>3</sup> nước", "giữ 10⁹ m3 nước"),
            ("<sup>(1)</sup> Số liệu ước tính", "(1) Số liệu ước tính"),
            ("theo bảng <a href='#bang-3'>3</a> ở dưới", "theo bảng 3 ở dưới"),
            ("ngày 2<sup>nd</sup> và <sup>12 tháng</sup>", "ngày 2nd và 12 tháng"),
        ] {
            let html = scraper::Html::parse_fragment(markup);
            assert_eq!(line(html.tree.root()), printed, "{markup}");
        }
    }
}
