//! Text between two breaks, with what its markup says of it.

use crate::dom;

/// A link with fewer characters than this is a button behind an arrow, and no headline.
const LONGEST_BUTTON: usize = 20;

/// Text between two breaks.
#[derive(Clone, Debug, Default)]
pub struct Segment {
    /// The text, spaces folded.
    pub text: String,
    /// Characters printed.
    pub chars: usize,
    /// Those in links.
    pub linked: usize,
    /// Those in bold.
    pub bold: usize,
    /// Those in italics.
    pub slanted: usize,
    /// Where its first link leads.
    pub href: Option<String>,
    /// Line breaks in front.
    pub breaks: usize,
}

/// The inline elements that are open.
#[derive(Default)]
pub struct Inline {
    /// Links.
    pub links: usize,
    /// Elements that print bold.
    pub bold: usize,
    /// Elements that print italics.
    pub slanted: usize,
    /// Where the innermost link leads.
    pub href: Option<String>,
    /// Where the last link began in its segment.
    pub from: usize,
}

impl Segment {
    /// Appends a piece of text.
    pub fn add(&mut self, text: &str, inline: &Inline) {
        let added = dom::fold_into(&mut self.text, text);
        self.chars += added;
        if inline.links > 0 {
            self.linked += added;
            if added > 0 && self.href.is_none() {
                self.href.clone_from(&inline.href);
            }
        }
        if inline.bold > 0 {
            self.bold += added;
        }
        if inline.slanted > 0 {
            self.slanted += added;
        }
    }

    /// Takes back a link that only says where there is more: `…>> Chi tiết`.
    pub fn without_button(&mut self, from: usize) {
        let Some((text, link)) = self.text.split_at_checked(from) else { return };
        let text = text.trim_end();
        let before = text.trim_end_matches(['>', '»']);
        if link.chars().count() >= LONGEST_BUTTON || text.len() - before.len() < ">>".len() {
            return;
        }
        let kept = before.strip_suffix("..").unwrap_or(before).trim_end().len();
        let printed = |text: &str| text.chars().filter(|c| *c != ' ').count();
        self.chars = self.chars.saturating_sub(printed(&self.text[kept..]));
        self.linked = self.linked.saturating_sub(printed(link));
        self.text.truncate(kept);
    }

    /// Both as one, with a space between.
    pub fn joined(mut self, after: Self) -> Self {
        if !self.text.ends_with(' ') {
            self.text.push(' ');
        }
        self.text.push_str(&after.text);
        self.chars += after.chars;
        self.linked += after.linked;
        self.bold += after.bold;
        self.slanted += after.slanted;
        self.href = self.href.or(after.href);
        self
    }
}
