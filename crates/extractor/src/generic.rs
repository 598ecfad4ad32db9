//! Where an article stands on a page that no profile knows: by its paragraphs, their links and the names of what holds them.
//!
//! One walk scores every block for the prose inside it; the best one is widened to those around it that add prose,
//! and what is named, shaped or worded like furniture is marked to be left out.

use ego_tree::NodeId;
use html5ever::local_name;
use knowledge::Cues;
use rustc_hash::{FxHashMap, FxHashSet};
use scraper::Node as Value;
use scraper::node::Element;

use crate::dom::{self, Node, attr};
use crate::head::Head;
use crate::walk::{Role, Roles};

/// A page's article, found by its shape.
pub struct Found<'a> {
    /// The element that holds it.
    pub root: Node<'a>,
    /// What to leave out inside.
    pub roles: Roles,
}

/// The words by which class names tell what they hold.
pub struct Names {
    furniture: FxHashSet<String>,
    body: FxHashSet<String>,
}

impl Names {
    /// Files the words.
    pub fn new(cues: &Cues) -> Self {
        Self { furniture: cues.furniture_names.iter().cloned().collect(), body: cues.body_names.iter().cloned().collect() }
    }

    /// What an element's class, id and role say of it.
    fn verdict(&self, element: &Element) -> Verdict {
        let mut verdict = Verdict::Silent;
        for (key, value) in &element.attrs {
            if key.local == local_name!("role") {
                if matches!(&**value, "navigation" | "complementary" | "banner" | "contentinfo" | "dialog" | "menu" | "search") {
                    return Verdict::Furniture;
                }
            } else if key.local == local_name!("itemprop") {
                if &**value == "articleBody" {
                    verdict = Verdict::Body;
                }
            } else if key.local == local_name!("class") || key.local == local_name!("id") {
                for word in words(value) {
                    if self.furniture.contains(&*word) {
                        return Verdict::Furniture;
                    }
                    if self.body.contains(&*word) {
                        verdict = Verdict::Body;
                    }
                }
            }
        }
        verdict
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Silent,
    Body,
    Furniture,
}

/// The words of a class name: `relatedNews_box-2` has `related`, `news`, `box`.
fn words(value: &str) -> impl Iterator<Item = String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut lower = false;
    for c in value.chars() {
        if !c.is_ascii_alphabetic() || (c.is_ascii_uppercase() && lower) {
            if !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
        }
        lower = c.is_ascii_lowercase();
        if c.is_ascii_alphabetic() {
            word.push(c.to_ascii_lowercase());
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words.into_iter()
}

/// What stands in a block.
#[derive(Clone, Copy, Default)]
struct Tally {
    /// Worth of its paragraphs to it.
    score: f32,
    /// Characters.
    chars: usize,
    /// Characters in links.
    linked: usize,
    /// Characters in paragraphs of prose.
    prose: usize,
}

struct Frame<'a> {
    node: Node<'a>,
    tally: Tally,
    run: Run,
    body: bool,
}

/// Text on one line.
#[derive(Clone, Copy, Default)]
struct Run {
    chars: usize,
    linked: usize,
    commas: usize,
    stops: usize,
}

struct Candidate<'a> {
    node: Node<'a>,
    tally: Tally,
    body: bool,
    depth: usize,
}

/// Finds the article.
pub fn find<'a>(head: &Head<'a>, names: &Names) -> Option<Found<'a>> {
    let body = head.body?;
    for dropping in [true, false] {
        let (candidates, dropped) = survey(body, names, dropping);
        if let Some(root) = choose(&candidates) {
            let roles = dropped.into_iter().map(|id| (id, Role::Drop)).collect();
            return Some(Found { root, roles });
        }
    }
    None
}

/// Tallies every block of the page; also the elements that were passed over.
fn survey<'a>(body: Node<'a>, names: &Names, dropping: bool) -> (Vec<Candidate<'a>>, Vec<NodeId>) {
    let mut frames: Vec<Frame> = vec![Frame { node: body, tally: Tally::default(), run: Run::default(), body: false }];
    let mut candidates = Vec::new();
    let mut dropped = Vec::new();
    let mut links = 0usize;
    let mut at = body.first_child();
    while let Some(node) = at {
        let mut inside = true;
        match node.value() {
            Value::Text(text) => {
                if let Some(frame) = frames.last_mut() {
                    frame.run.add(text, links > 0);
                }
                inside = false;
            }
            Value::Element(element) => {
                let name = &*element.name.local;
                let verdict = names.verdict(element);
                if dom::is_silent(name) || (dropping && is_furniture(name, element, verdict)) {
                    if !dom::is_silent(name) {
                        dropped.push(node.id());
                        end_run(&mut frames);
                    }
                    inside = false;
                } else if name == "a" {
                    links += 1;
                } else if dom::is_block(name) {
                    end_run(&mut frames);
                    frames.push(Frame { node, tally: Tally::default(), run: Run::default(), body: verdict == Verdict::Body });
                }
            }
            _ => inside = false,
        }
        if inside && let Some(child) = node.first_child() {
            at = Some(child);
            continue;
        }
        at = None;
        let mut done = node;
        loop {
            leave(done, inside || done.id() != node.id(), &mut frames, &mut links, &mut candidates);
            if let Some(next) = done.next_sibling() {
                at = Some(next);
                break;
            }
            match done.parent() {
                Some(parent) if parent.id() != body.id() => done = parent,
                _ => break,
            }
        }
    }
    end_run(&mut frames);
    if let Some(frame) = frames.pop() {
        candidates.push(Candidate { node: frame.node, tally: frame.tally, body: false, depth: 0 });
    }
    (candidates, dropped)
}

fn leave<'a>(node: Node<'a>, entered: bool, frames: &mut Vec<Frame<'a>>, links: &mut usize, candidates: &mut Vec<Candidate<'a>>) {
    if !entered {
        return;
    }
    if dom::tag(node) == "a" {
        *links = links.saturating_sub(1);
    }
    if frames.len() > 1 && frames.last().is_some_and(|frame| frame.node.id() == node.id()) {
        end_run(frames);
        let depth = frames.len();
        if let Some(frame) = frames.pop() {
            if let Some(outer) = frames.last_mut() {
                outer.tally.chars += frame.tally.chars;
                outer.tally.linked += frame.tally.linked;
                outer.tally.prose += frame.tally.prose;
            }
            if frame.tally.prose > 0 {
                candidates.push(Candidate { node: frame.node, tally: frame.tally, body: frame.body, depth });
            }
        }
    }
}

impl Run {
    fn add(&mut self, text: &str, linked: bool) {
        let mut before = ' ';
        let mut added = 0;
        let mut letters = text.chars().peekable();
        while let Some(c) = letters.next() {
            if !c.is_whitespace() {
                added += 1;
            }
            match c {
                // A comma between digits is part of a number and says nothing about prose.
                ',' if !before.is_ascii_digit() || !letters.peek().is_some_and(char::is_ascii_digit) => self.commas += 1,
                '.' | '?' | '!' | '…' if letters.peek().is_none_or(|next| next.is_whitespace() || matches!(next, '”' | '"')) => {
                    self.stops += 1
                }
                _ => {}
            }
            before = c;
        }
        self.chars += added;
        if linked {
            self.linked += added;
        }
    }

    fn is_prose(self) -> bool {
        self.linked * 2 < self.chars && (self.chars > 120 || self.chars > 40 && self.stops > 0 || self.chars > 60 && self.commas > 0)
    }
}

/// Ends the line in hand: what it is worth goes to its block and those around.
fn end_run(frames: &mut [Frame<'_>]) {
    let Some((frame, outer)) = frames.split_last_mut() else { return };
    let run = std::mem::take(&mut frame.run);
    if run.chars == 0 {
        return;
    }
    frame.tally.chars += run.chars;
    frame.tally.linked += run.linked;
    if !run.is_prose() {
        return;
    }
    frame.tally.prose += run.chars;
    let density = run.linked as f32 / run.chars as f32;
    let worth = (1.0 + run.commas.min(10) as f32 + (run.chars as f32 / 100.0).min(4.0)) * (1.0 - density);
    // A paragraph's worth counts where paragraphs stand together: in what holds them.
    let own = !matches!(dom::tag(frame.node), "p" | "h1" | "h2" | "h3" | "h4" | "li" | "blockquote" | "pre" | "td" | "dd");
    let mut share = 1.0;
    if own {
        frame.tally.score += worth;
        share = 0.5;
    }
    for frame in outer.iter_mut().rev().take(3) {
        frame.tally.score += worth * share;
        share /= 2.0;
    }
}

/// What is no part of an article whatever it says.
fn is_furniture(name: &str, element: &Element, verdict: Verdict) -> bool {
    match name {
        "nav" | "footer" | "aside" => true,
        "body" | "html" | "article" | "main" | "p" | "h1" | "a" | "span" | "b" | "strong" | "i" | "em" | "br" => false,
        _ => verdict == Verdict::Furniture || attr(element, &local_name!("aria-hidden")) == Some("true"),
    }
}

/// The block with the best prose, widened while what is around adds much of it.
fn choose<'a>(candidates: &[Candidate<'a>]) -> Option<Node<'a>> {
    let value = |candidate: &Candidate| {
        let density = candidate.tally.linked as f32 / candidate.tally.chars.max(1) as f32;
        candidate.tally.score * (1.0 - density) * if candidate.body { 1.25 } else { 1.0 }
    };
    let best = candidates.iter().max_by(|a, b| value(a).total_cmp(&value(b)))?;
    if best.tally.prose < 140 {
        return None;
    }
    let by_id: FxHashMap<NodeId, &Candidate> = candidates.iter().map(|candidate| (candidate.node.id(), candidate)).collect();
    let mut chosen = best;
    let mut at = best.node.parent();
    while let Some(node) = at {
        if let Some(outer) = by_id.get(&node.id())
            && outer.depth > 0
        {
            let added = outer.tally.prose - chosen.tally.prose;
            let around = outer.tally.chars - chosen.tally.chars;
            if added * 8 > chosen.tally.prose && added * 2 > around {
                chosen = outer;
            }
        }
        at = node.parent();
    }
    Some(chosen.node)
}
