//! A body as pieces: paragraphs, headings, list items, quotations, captions, tables and links to other articles.
//!
//! The walk keeps its own stack, so that a page nested a hundred thousand deep costs no more than its length.

use ego_tree::NodeId;
use model::BlockKind;
use rustc_hash::FxHashMap;
use scraper::Node as Value;
use scraper::node::Element;

use crate::clean::finish;
use crate::dom::{self, Node};
use crate::segment::{Inline, Segment};
use crate::table::{self, Grid, Kind};

/// A piece that begins with so many signs and no letter is an ornament.
const MOST_SIGNS: usize = 1000;

/// What a reader of the page has found out about an element before the walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Left out.
    Drop,
    /// A box of links to other articles.
    Related,
    /// Captions.
    Caption,
}

/// Roles by element.
pub type Roles = FxHashMap<NodeId, Role>;

/// A piece of the body, with what its markup says beside its text.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that the markup says")]
pub struct Piece {
    /// What it is.
    pub kind: BlockKind,
    /// Its text, finished.
    pub text: String,
    /// Where its link leads, if it is one.
    pub href: Option<String>,
    /// The image that it describes or stands beside.
    pub image: Option<String>,
    /// The table that it prints.
    pub grid: Option<Grid>,
    /// Characters in links.
    pub linked: usize,
    /// Characters.
    pub chars: usize,
    /// Whether all of it is bold.
    pub bold: bool,
    /// Whether all of it is slanted.
    pub slanted: bool,
    /// Whether it is set to the right.
    pub right: bool,
    /// Whether it is set in the middle.
    pub centred: bool,
    /// Whether the markup itself calls it a heading.
    pub marked: bool,
}

impl Piece {
    /// The part of it that is links.
    pub fn link_density(&self) -> f32 {
        self.linked as f32 / self.chars.max(1) as f32
    }
}

/// The block elements that say what the text inside them is.
#[derive(Clone)]
struct Frame {
    kind: BlockKind,
    image: Option<String>,
    node: NodeId,
}

struct Walker<'r> {
    roles: &'r Roles,
    pieces: Vec<Piece>,
    segments: Vec<Segment>,
    inline: Inline,
    frames: Vec<Frame>,
    aligned: Vec<(NodeId, bool, bool)>,
    image: Option<String>,
    mended: bool,
}

/// A body, read.
pub struct Walked {
    /// Its pieces.
    pub pieces: Vec<Piece>,
    /// Whether damaged text was repaired on the way.
    pub mended: bool,
}

/// Reads a body.
pub fn pieces(root: Node<'_>, roles: &Roles) -> Walked {
    let mut walker = Walker::new(roles);
    let mut at = Some(root);
    while let Some(node) = at {
        if walker.open(node)
            && let Some(child) = node.first_child()
        {
            at = Some(child);
            continue;
        }
        at = walker.leave(node, root);
    }
    walker.flush();
    Walked { pieces: walker.pieces, mended: walker.mended }
}

impl<'r> Walker<'r> {
    fn new(roles: &'r Roles) -> Self {
        Self {
            roles,
            pieces: Vec::new(),
            segments: Vec::new(),
            inline: Inline::default(),
            frames: Vec::new(),
            aligned: Vec::new(),
            image: None,
            mended: false,
        }
    }

    /// Closes a node and those above it that end here; the next node, if the root has one.
    fn leave<'a>(&mut self, node: Node<'a>, root: Node<'a>) -> Option<Node<'a>> {
        let mut node = node;
        loop {
            self.close(node);
            if node.id() == root.id() {
                return None;
            }
            if let Some(next) = node.next_sibling() {
                return Some(next);
            }
            node = node.parent()?;
        }
    }

    /// Enters a node; whether to go on inside.
    fn open(&mut self, node: Node<'_>) -> bool {
        match node.value() {
            Value::Text(text) => {
                self.text(text);
                false
            }
            Value::Element(element) => self.element(node, element),
            _ => node.has_children(),
        }
    }

    fn element(&mut self, node: Node<'_>, element: &Element) -> bool {
        let name = &*element.name.local;
        if dom::is_silent(name) || dom::is_hidden(element) {
            return false;
        }
        match self.roles.get(&node.id()) {
            Some(Role::Drop) => {
                self.flush_before(name);
                return false;
            }
            Some(Role::Related) => {
                self.flush();
                self.related(node);
                return false;
            }
            Some(Role::Caption) => self.enter(node, BlockKind::Caption),
            None => {}
        }
        if dom::is_raised(element) && self.raise(node, element) {
            return false;
        }
        match name {
            "br" => self.line_break(),
            "img" => self.image(element),
            "a" => {
                self.inline.links += 1;
                self.inline.from = self.segments.last().map_or(0, |segment| segment.text.len());
                self.inline.href = dom::href(element).map(str::to_owned);
            }
            "b" | "strong" => self.inline.bold += 1,
            "i" | "em" => self.inline.slanted += 1,
            "table" => return self.table(node),
            "footer" if self.frames.iter().any(|frame| frame.kind == BlockKind::Quote) => self.block(node, element, name),
            "nav" | "footer" => {
                self.flush();
                return false;
            }
            _ if dom::is_block(name) => self.block(node, element, name),
            _ => {}
        }
        true
    }

    fn block(&mut self, node: Node<'_>, element: &Element, name: &str) {
        self.flush();
        if let Some((right, centred)) = dom::alignment(element, name) {
            self.aligned.push((node.id(), right, centred));
        }
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.enter(node, BlockKind::Heading),
            "li" | "dt" | "dd" => self.enter(node, BlockKind::ListItem),
            "blockquote" => self.enter(node, BlockKind::Quote),
            "figcaption" | "caption" => self.enter(node, BlockKind::Caption),
            "figure" if dom::shows_something(node) => self.enter(node, BlockKind::Caption),
            _ => {}
        }
    }

    fn enter(&mut self, node: Node<'_>, kind: BlockKind) {
        self.flush();
        // A caption stays one whatever stands inside; a quotation keeps its paragraphs.
        let kind = match self.frames.last() {
            Some(outer) if outer.kind == BlockKind::Caption => BlockKind::Caption,
            _ => kind,
        };
        let image = if kind == BlockKind::Caption { dom::image_of(node) } else { None };
        self.frames.push(Frame { kind, image, node: node.id() });
    }

    fn close(&mut self, node: Node<'_>) {
        let Value::Element(element) = node.value() else { return };
        let name = &*element.name.local;
        if dom::is_silent(name) || dom::is_hidden(element) || matches!(self.roles.get(&node.id()), Some(Role::Drop | Role::Related)) {
            return;
        }
        match name {
            "a" => {
                self.inline.links = self.inline.links.saturating_sub(1);
                if self.inline.links == 0 {
                    self.inline.href = None;
                    if let Some(segment) = self.segments.last_mut() {
                        segment.without_button(self.inline.from);
                    }
                }
            }
            "b" | "strong" => self.inline.bold = self.inline.bold.saturating_sub(1),
            "i" | "em" => self.inline.slanted = self.inline.slanted.saturating_sub(1),
            _ if dom::is_block(name) => self.flush(),
            _ => {}
        }
        while self.frames.last().is_some_and(|frame| frame.node == node.id()) {
            self.flush();
            self.frames.pop();
        }
        while self.aligned.last().is_some_and(|(at, ..)| *at == node.id()) {
            self.aligned.pop();
        }
    }

    /// Prints an exponent behind a digit and leaves out a footnote's mark; whether it was either.
    fn raise(&mut self, node: Node<'_>, element: &Element) -> bool {
        let mut none = String::new();
        let before = self.segments.last_mut().map_or(&mut none, |segment| &mut segment.text);
        dom::raise(node, element, before)
    }

    fn text(&mut self, text: &str) {
        if self.segments.is_empty() {
            self.segments.push(Segment::default());
        }
        if let Some(segment) = self.segments.last_mut() {
            segment.add(text, &self.inline);
        }
    }

    fn line_break(&mut self) {
        let empty = self.segments.last().is_none_or(|segment| segment.chars == 0);
        if empty {
            if let Some(segment) = self.segments.last_mut() {
                segment.breaks += 1;
            }
        } else {
            self.segments.push(Segment { breaks: 1, ..Segment::default() });
        }
    }

    fn image(&mut self, element: &Element) {
        if let Some(source) = dom::image_source(element) {
            // What stands before the image in its block does not describe it.
            if self.segments.iter().any(|segment| segment.chars > 0) && self.inline.links == 0 {
                self.line_break();
            }
            self.image = Some(source.to_owned());
        }
    }

    /// A dropped inline element parts words; a dropped block parts paragraphs.
    fn flush_before(&mut self, name: &str) {
        if dom::is_block(name) {
            self.flush();
        }
    }

    /// Ends the paragraph in hand: breaks inside it part paragraphs where they stand for that.
    fn flush(&mut self) {
        let segments = std::mem::take(&mut self.segments);
        let mut whole: Option<Segment> = None;
        for segment in segments.into_iter().filter(|segment| segment.chars > 0) {
            match whole.take() {
                None => whole = Some(segment),
                Some(before) if self.parts(&before, &segment) => {
                    self.push(before);
                    whole = Some(segment);
                }
                Some(before) => whole = Some(before.joined(segment)),
            }
        }
        if let Some(last) = whole {
            self.push(last);
        }
    }

    /// Whether the break between two segments parts paragraphs.
    fn parts(&self, before: &Segment, after: &Segment) -> bool {
        if self.frames.last().is_some_and(|frame| matches!(frame.kind, BlockKind::Heading | BlockKind::Caption)) {
            return false;
        }
        let ends = before.text.trim_end().ends_with(['.', '!', '?', ':', ';', '”', '"', '…']);
        let heads = before.bold == before.chars && after.bold == 0;
        after.breaks >= 2 || (ends && before.chars > 25) || heads || before.linked == before.chars
    }

    fn push(&mut self, segment: Segment) {
        let (text, mended) = finish(segment.text.trim().to_owned());
        self.mended |= mended;
        if !text.chars().take(MOST_SIGNS).any(char::is_alphanumeric) {
            return;
        }
        let frame = self.frames.last();
        let bold = segment.bold * 20 >= segment.chars * 19;
        let kind = frame.map_or(BlockKind::Paragraph, |frame| frame.kind);
        let marked = kind == BlockKind::Heading;
        let kind = if kind == BlockKind::Paragraph && bold && is_heading_text(&text) { BlockKind::Heading } else { kind };
        let (right, centred) = self.aligned.last().map_or((false, false), |(_, right, centred)| (*right, *centred));
        let image = match kind {
            BlockKind::Caption => frame.and_then(|frame| frame.image.clone()).or_else(|| self.image.take()),
            _ => self.image.take(),
        };
        self.pieces.push(Piece {
            kind,
            text,
            href: segment.href.filter(|_| segment.linked * 10 >= segment.chars * 4),
            image,
            grid: None,
            linked: segment.linked,
            chars: segment.chars,
            bold,
            slanted: segment.slanted * 20 >= segment.chars * 19,
            right,
            centred,
            marked,
        });
    }

    /// A table is a figure, a frame or data; whether to go on inside.
    fn table(&mut self, node: Node<'_>) -> bool {
        self.flush();
        match table::read(node) {
            Kind::Layout => return true,
            Kind::Figure(image, captions) => {
                for cell in captions {
                    // The picture of another article is described by its headline.
                    if dom::is_mostly_links(cell) {
                        self.related(cell);
                    } else {
                        self.caption(cell, image);
                    }
                }
            }
            Kind::Data(grid) => {
                if let Some(caption) = table::caption(node) {
                    self.caption(caption, None);
                }
                let text = grid.text();
                let chars = text.chars().count();
                self.pieces.push(Piece { grid: Some(grid), ..plain(BlockKind::Table, text, chars) });
            }
        }
        false
    }

    fn caption(&mut self, node: Node<'_>, image: Option<&str>) {
        let text = dom::line(node);
        if text.contains(char::is_alphanumeric) {
            let chars = text.chars().count();
            self.pieces.push(Piece { image: image.map(str::to_owned), ..plain(BlockKind::Caption, text, chars) });
        }
    }

    /// The links of a box, each once.
    fn related(&mut self, node: Node<'_>) {
        let mut seen: Vec<&str> = Vec::new();
        for link in dom::descend(node).filter(|inner| dom::tag(*inner) == "a") {
            let Some(href) = link.value().as_element().and_then(dom::href) else { continue };
            let text = dom::line(link);
            if text.chars().count() > 12 && !seen.contains(&href) {
                seen.push(href);
                let chars = text.chars().count();
                self.pieces.push(Piece { href: Some(href.to_owned()), linked: chars, ..plain(BlockKind::Related, text, chars) });
            }
        }
    }
}

/// The links of a box outside the body.
pub fn links(node: Node<'_>) -> Vec<Piece> {
    let mut walker = Walker::new(NO_ROLES.get_or_init(Roles::default));
    walker.related(node);
    walker.pieces
}

static NO_ROLES: std::sync::OnceLock<Roles> = std::sync::OnceLock::new();

/// A piece that its markup says no more of.
pub fn plain(kind: BlockKind, text: String, chars: usize) -> Piece {
    Piece {
        kind,
        text,
        href: None,
        image: None,
        grid: None,
        linked: 0,
        chars,
        bold: false,
        slanted: false,
        right: false,
        centred: false,
        marked: false,
    }
}

/// A heading is short and no sentence.
fn is_heading_text(text: &str) -> bool {
    let chars = text.chars().count();
    chars <= 160 && !text.ends_with(['.', ';', ',', '…']) && (!text.ends_with(':') || chars <= 60)
}
