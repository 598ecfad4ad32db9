//! Says how a text was read, part by part: the first tool for whoever adds to the grammar.

use std::fmt::Write as _;

use jiff::civil::Date;
use model::{Article, Block, BlockKind, Observation, When};

use crate::frame::{Frame, Part, What};
use crate::reader::{Grammar, Scene};
use crate::statement::{Against, Draft, Found};
use crate::topic::words;

/// The report on one text; every line of it is a paragraph.
pub(crate) fn explain(grammar: &Grammar<'_>, text: &str, published: Option<Date>) -> String {
    let article = paragraphs(text, published);
    let mut report = String::new();
    let reading = grammar.read_with(&article, &mut |scene| sentence(grammar, scene, &mut report));
    if reading.observations.is_empty() {
        report.push_str("no figure was read\n");
    }
    for unread in &reading.unread {
        let _ = writeln!(report, "unread  {}  ({})", unread.quote, unread.why);
    }
    report
}

/// An article of plain paragraphs.
fn paragraphs(text: &str, published: Option<Date>) -> Article {
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in model::unwrapped(text).split('\n') {
        let length = line.chars().count() as u32;
        if !line.trim().is_empty() {
            blocks.push(Block {
                kind: BlockKind::Paragraph,
                text: line.to_owned(),
                span: Some((at, at + length)),
                href: None,
                image: None,
            });
        }
        at += length + 1;
    }
    Article { text: text.to_owned(), blocks, published: published.map(When::Day), ..Article::empty("sentence", "sentence") }
}

fn sentence(grammar: &Grammar<'_>, scene: &Scene<'_>, report: &mut String) {
    let frame = scene.frame;
    let print = |from: usize, to: usize| words(scene.text, scene.tokens, from, to);
    let _ = writeln!(report, "sentence  {}", print(frame.range.0, frame.range.1));
    let _ = writeln!(report, "  parts       {}", parts(frame, &print));
    for mention in &frame.mentions {
        let until = if mention.until { ", up to it" } else { "" };
        let _ = writeln!(report, "  time        `{}`: {:?}, {:?}{until}", print(mention.start, mention.end), mention.expr, mention.role);
    }
    for name in &frame.names {
        let _ = writeln!(report, "  name        `{}`: {}", print(name.start, name.end), grammar.what(name.what));
    }
    for place in &frame.places {
        let _ = writeln!(report, "  place       `{}`: {}", print(place.start, place.end), grammar.region_id(place.region));
    }
    for (draft, observation) in scene.drafts.iter().zip(scene.observations) {
        figure(grammar, scene, draft, observation, &print, report);
    }
}

/// The parts of a sentence in order, each with what it was taken for.
fn parts(frame: &Frame, print: &impl Fn(usize, usize) -> String) -> String {
    let mut out = String::new();
    let mut at = frame.range.0;
    while at < frame.range.1 {
        let part = frame.part(at);
        let end = (at..frame.range.1).find(|next| frame.part(*next) != part).unwrap_or(frame.range.1);
        let text = print(at, end);
        let _ = match part {
            Part::Mention(_) => write!(out, "⟨{text}⟩time "),
            Part::Quantity(_) => write!(out, "⟨{text}⟩quantity "),
            Part::Name(_) => write!(out, "⟨{text}⟩name "),
            Part::Place(_) => write!(out, "⟨{text}⟩place "),
            Part::Cue(_) => write!(out, "⟨{text}⟩cue "),
            Part::Light => write!(out, "{text} "),
            Part::Proper | Part::Noun => write!(out, "[{text}] "),
            Part::Mark => write!(out, "{text} "),
        };
        at = end;
    }
    out.trim_end().to_owned()
}

fn figure(
    grammar: &Grammar<'_>,
    scene: &Scene<'_>,
    draft: &Draft,
    observation: &Observation,
    print: &impl Fn(usize, usize) -> String,
    report: &mut String,
) {
    let from = |found: Found| match found {
        Found::Clause => "its clause",
        Found::Sentence => "its sentence",
        Found::Context => "the text before",
        Found::Nowhere => "nothing near",
    };
    let high = observation.value_high.map(|high| format!(" to {high}")).unwrap_or_default();
    let _ = writeln!(report, "  figure      {}", observation.quote);
    let _ = writeln!(
        report,
        "    value     {}{high} {} ({}; printed with scale {}, {} decimals)",
        observation.value,
        observation.unit,
        observation.bound.as_str(),
        observation.scale,
        observation.decimals
    );
    let cue = draft.cue_at.map_or_else(|| "no cue".to_owned(), |(start, end)| format!("cue `{}`", print(start, end)));
    let _ = writeln!(report, "    measure   {} ({cue})", observation.measure.as_str());
    let indicator = observation.indicator.as_deref().unwrap_or("not in the vocabulary");
    let _ = writeln!(
        report,
        "    indicator {indicator} `{}` (from {})",
        observation.indicator_text.as_deref().unwrap_or(""),
        from(draft.topic_from)
    );
    if let Some(breakdown) = &observation.breakdown {
        let _ = writeln!(report, "    breakdown {breakdown}");
    }
    let _ = writeln!(report, "    region    {} (from {})", observation.region.as_deref().unwrap_or("none"), from(draft.place_from));
    let period = observation.period.map_or_else(|| "none".to_owned(), |period| period.to_string());
    let words = draft.mention.map_or_else(String::new, |mention| format!(", `{}`", print(mention.start, mention.end)));
    let _ =
        writeln!(report, "    period    {period} (from {}{words})", observation.period_from.map_or("nothing", model::PeriodFrom::as_str));
    if let Some(compared) = observation.compared_with {
        let words = match draft.against {
            Some(Against::Mention(mention)) => format!(" (`{}`)", print(mention.start, mention.end)),
            _ => String::new(),
        };
        let _ = writeln!(report, "    compared  {compared}{words}");
    }
    let _ = writeln!(report, "    status    {}", observation.status.as_str());
    let _ = writeln!(report, "    confidence {}", observation.confidence);
    let _ = (grammar, scene);
}

impl Grammar<'_> {
    fn what(&self, what: What) -> String {
        let known = self.known();
        match what {
            What::Indicator(index, form) => format!("indicator {} ({form:?})", known.indicators[index as usize].id),
            What::Subject(..) => "a subject outside the vocabulary".to_owned(),
            What::Product(index) => format!("product {}", known.products[index as usize].id),
            What::Industry(index) => format!("industry {}", known.industries[index as usize].id),
            What::Partner(index) => format!("partner {}", known.partners[index as usize].id),
            What::Anaphor => "points back".to_owned(),
        }
    }

    fn region_id(&self, index: u16) -> &str {
        &self.known().regions.all()[index as usize].id
    }
}
