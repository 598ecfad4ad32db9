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

/// Characters of prose that make an article.
const LEAST_PROSE: usize = 140;
/// The same on a page that calls itself one.
const LEAST_STATED: usize = 50;
/// A teaser of another article is shorter than this.
const LONGEST_TEASER: usize = 600;
/// With so much, nothing is missing.
const PLENTY: usize = 800;

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
    stems: Vec<String>,
    body: FxHashSet<String>,
    caption: FxHashSet<String>,
}

impl Names {
    /// Files the words.
    pub fn new(cues: &Cues) -> Self {
        let set = |words: &[String]| words.iter().cloned().collect();
        Self {
            furniture: set(&cues.furniture_names),
            stems: cues.furniture_stems.clone(),
            body: set(&cues.body_names),
            caption: set(&cues.caption_names),
        }
    }

    /// What an element's class, id and role say of it.
    fn verdict<'e>(&self, element: &'e Element, known: &mut FxHashMap<&'e str, Verdict>) -> Verdict {
        let mut verdict = Verdict::Silent;
        for (key, value) in &element.attrs {
            if key.local == local_name!("role") {
                if matches!(&**value, "navigation" | "complementary" | "banner" | "contentinfo" | "dialog" | "menu" | "search") {
                    return Verdict::Furniture;
                }
            } else if key.local == local_name!("type") {
                // VCCorp's boxes have their kind there, whatever their class.
                if value.starts_with("Related") {
                    return Verdict::Furniture;
                }
            } else if key.local == local_name!("itemprop") {
                if &**value == "articleBody" {
                    verdict = Verdict::Body;
                }
            } else if key.local == local_name!("class") || key.local == local_name!("id") {
                // A page repeats its class names hundreds of times.
                match *known.entry(&**value).or_insert_with(|| self.named(value)) {
                    Verdict::Silent => {}
                    Verdict::Body => verdict = Verdict::Body,
                    other => return other,
                }
            }
        }
        verdict
    }

    fn named(&self, value: &str) -> Verdict {
        let mut verdict = Verdict::Silent;
        // A post of a social network inside an article is part of it.
        let embedded = value.contains("embed");
        // All words in one, and where the last three begin: `tin-lien-quan` is `tinlienquan`, and `read_more` is `readmore`.
        let mut letters = String::with_capacity(value.len());
        let mut starts = [0; 3];
        for word in words(value).filter(|word| !(embedded && word.eq_ignore_ascii_case("social"))) {
            starts = [starts[1], starts[2], letters.len()];
            letters.push_str(word);
            letters[starts[2]..].make_ascii_lowercase();
            let word = &letters[starts[2]..];
            if starts.iter().any(|start| self.furniture.contains(&letters[*start..]))
                || self.stems.iter().any(|stem| word.starts_with(stem.as_str()))
            {
                return Verdict::Furniture;
            }
            if self.caption.contains(word) {
                return Verdict::Caption;
            }
            if self.body.contains(word) {
                verdict = Verdict::Body;
            }
        }
        verdict
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Silent,
    Body,
    Caption,
    Furniture,
}

/// The words of a class name, in whatever case: `relatedNews_box-2` has `related`, `News`, `box`.
pub fn words(value: &str) -> impl Iterator<Item = &str> {
    let bytes = value.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() && !bytes[at].is_ascii_alphabetic() {
            at += 1;
        }
        let start = at;
        while at < bytes.len()
            && bytes[at].is_ascii_alphabetic()
            && !(at > start && bytes[at].is_ascii_uppercase() && bytes[at - 1].is_ascii_lowercase())
        {
            at += 1;
        }
        (at > start).then(|| &value[start..at])
    })
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
    runs: usize,
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
    // What calls itself an article may be a few lines; elsewhere so little is no article.
    let stated = head.meta_of(&["og:type"]) == Some("article") || head.linked.headline.is_some() || head.published().is_some();
    let find = |dropping, least| {
        let (candidates, mut roles) = survey(body, names, dropping);
        let (root, prose) = choose(&candidates, head, least)?;
        roles.remove(&root.id());
        Some((Found { root, roles }, prose))
    };
    match find(true, LEAST_PROSE) {
        Some((found, prose)) if prose >= PLENTY || passed_over(&found) < 3 * prose => Some(found),
        // So little may be what is left of a page whose article stands in a box with a furniture's name.
        Some((found, prose)) => {
            let whole = find(false, LEAST_PROSE).filter(|(whole, all)| *all > 4 * prose && !is_talk(whole.root));
            Some(whole.map_or(found, |whole| without_furniture(whole, names)))
        }
        None => find(false, LEAST_PROSE)
            .map(|whole| without_furniture(whole, names))
            .or_else(|| find(true, LEAST_STATED).filter(|_| stated).map(|(found, _)| found)),
    }
}

/// Bytes of text in what was passed over: too few of them hold no article that is longer than the one found.
fn passed_over(found: &Found<'_>) -> usize {
    let dropped = found.roles.iter().filter(|(_, role)| **role == Role::Drop).filter_map(|(id, _)| found.root.tree().get(*id));
    dropped.flat_map(dom::descend).filter_map(|node| node.value().as_text()).map(|text| text.len()).sum()
}

/// What is named like furniture inside an article, if little of its prose stands there.
fn without_furniture<'a>((found, prose): (Found<'a>, usize), names: &Names) -> Found<'a> {
    let (candidates, roles) = survey(found.root, names, true);
    let left = candidates.last().map_or(0, |whole| whole.tally.prose);
    if left * 10 >= prose * 7 { Found { roles, ..found } } else { found }
}

/// Whether a block holds readers' comments or the page's small print.
fn is_talk(node: Node<'_>) -> bool {
    std::iter::once(node).chain(node.ancestors().take(6)).filter_map(|node| node.value().as_element()).any(|element| {
        let mut named = [local_name!("class"), local_name!("id")].into_iter().filter_map(|name| attr(element, &name)).flat_map(words);
        let begins = |word: &str, stem: &str| word.get(..stem.len()).is_some_and(|front| front.eq_ignore_ascii_case(stem));
        named.any(|word| {
            ["comment", "disqus", "footer", "relat", "recommend", "copyright", "disclaim"].iter().any(|stem| begins(word, stem))
        })
    })
}

/// Tallies every block of the page; also the elements that were passed over.
fn survey<'a>(body: Node<'a>, names: &Names, dropping: bool) -> (Vec<Candidate<'a>>, Roles) {
    let mut frames: Vec<Frame> = vec![Frame { node: body, tally: Tally::default(), run: Run::default(), runs: 0, body: false }];
    let mut candidates = Vec::new();
    let mut roles = Roles::default();
    let mut known = FxHashMap::default();
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
                let verdict = names.verdict(element, &mut known);
                if dom::is_silent(name) || (dropping && (is_furniture(node, element, verdict) || name == "span" && is_popup(node))) {
                    if !dom::is_silent(name) {
                        roles.insert(node.id(), Role::Drop);
                        end_run(&mut frames);
                    }
                    inside = false;
                } else if verdict == Verdict::Caption && !matches!(name, "body" | "article" | "main" | "blockquote") {
                    roles.insert(node.id(), Role::Caption);
                    end_run(&mut frames);
                    inside = false;
                } else if name == "a" {
                    links += 1;
                } else if dom::is_block(name) {
                    end_run(&mut frames);
                    frames.push(Frame { node, tally: Tally::default(), run: Run::default(), runs: 0, body: verdict == Verdict::Body });
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
            if let Some(left) = leave(done, inside || done.id() != node.id(), &mut frames, &mut links, &mut candidates)
                && is_teaser(done, left)
            {
                roles.insert(done.id(), Role::Related);
            }
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
    (candidates, roles)
}

/// Leaves a node; what stands in it, if it was a block.
fn leave<'a>(
    node: Node<'a>,
    entered: bool,
    frames: &mut Vec<Frame<'a>>,
    links: &mut usize,
    candidates: &mut Vec<Candidate<'a>>,
) -> Option<Tally> {
    if !entered {
        return None;
    }
    if dom::tag(node) == "a" {
        *links = links.saturating_sub(1);
    }
    if frames.len() == 1 || frames.last().is_none_or(|frame| frame.node.id() != node.id()) {
        return None;
    }
    end_run(frames);
    let depth = frames.len();
    let frame = frames.pop()?;
    if let Some(outer) = frames.last_mut() {
        outer.tally.chars += frame.tally.chars;
        outer.tally.linked += frame.tally.linked;
        outer.tally.prose += frame.tally.prose;
    }
    if frame.tally.prose > 0 {
        candidates.push(Candidate { node: frame.node, tally: frame.tally, body: frame.body, depth });
    }
    Some(frame.tally)
}

/// Whether an `article` is a headline that leads to another page, with a summary.
fn is_teaser(node: Node<'_>, tally: Tally) -> bool {
    dom::tag(node) == "article" && tally.chars < LONGEST_TEASER && tally.linked * 5 >= tally.chars && tally.linked > 0
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
                    self.stops += 1;
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
    // Text that stands in a block beside other blocks, or is an article by its length, is that block's own.
    let paragraph = matches!(dom::tag(frame.node), "p" | "h1" | "h2" | "h3" | "h4" | "li" | "blockquote" | "pre" | "td" | "dd");
    let mut share = 1.0;
    if !paragraph {
        let own = frame.runs > 0 || run.chars > 600;
        frame.tally.score += if own { worth + (run.chars as f32 / 150.0).min(30.0) * (1.0 - density) } else { worth * 0.3 };
        share = if own { 0.5 } else { 1.0 };
    }
    frame.runs += 1;
    for frame in outer.iter_mut().rev().take(3) {
        frame.tally.score += worth * share;
        share /= 2.0;
    }
}

/// What is no part of an article whatever it says.
fn is_furniture(node: Node<'_>, element: &Element, verdict: Verdict) -> bool {
    match &*element.name.local {
        // The foot of a quotation names its speaker.
        "footer" if node.parent().is_some_and(|outer| dom::tag(outer) == "blockquote") => false,
        "nav" | "footer" | "aside" => true,
        "body" | "html" | "article" | "main" | "p" | "h1" | "a" | "span" | "b" | "strong" | "i" | "em" | "br" => false,
        _ => verdict == Verdict::Furniture || attr(element, &local_name!("aria-hidden")) == Some("true"),
    }
}

/// Whether an element inside a line is nothing but links: a card that opens over a name.
fn is_popup(span: Node<'_>) -> bool {
    let is_blank = |node: &Node| node.value().as_text().is_none_or(|text| text.trim().is_empty());
    span.children().filter(|child| dom::tag(*child) == "a").nth(2).is_some() && span.children().all(|child| is_blank(&child))
}

/// The block with the best prose, widened while what is around adds much of it.
fn choose<'a>(candidates: &[Candidate<'a>], head: &Head<'a>, least: usize) -> Option<(Node<'a>, usize)> {
    let value = |candidate: &Candidate| {
        let density = candidate.tally.linked as f32 / candidate.tally.chars.max(1) as f32;
        candidate.tally.score * (1.0 - density) * if candidate.body { 1.25 } else { 1.0 }
    };
    let best = candidates.iter().max_by(|a, b| value(a).total_cmp(&value(b)))?;
    if best.tally.prose < least {
        return None;
    }
    // What microdata calls the body is believed if most of the prose is there.
    let named = candidates
        .iter()
        .filter(|candidate| head.bodies.iter().any(|node| node.id() == candidate.node.id()))
        .max_by_key(|candidate| candidate.tally.prose);
    let finer = |named: &Candidate| best.tally.prose * 4 >= named.tally.prose * 3 && dom::is_within(best.node, named.node);
    if let Some(named) = named.filter(|named| named.tally.prose * 10 >= best.tally.prose * 7 && !finer(named)) {
        return Some((named.node, named.tally.prose));
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
            if added * 10 > chosen.tally.prose * 7 && added * 2 > around {
                chosen = outer;
            }
        }
        at = node.parent();
    }
    Some((chosen.node, chosen.tally.prose))
}
