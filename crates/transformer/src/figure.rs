//! A figure of a record with what its tables, metrics and checks need to know of it, worked out once.

use std::borrow::Cow;

use model::{Observation, Record};

use crate::conflict::is_sure;
use crate::interval::Interval;
use crate::reference::Reference;

/// One figure of an article.
#[derive(Clone, Debug)]
pub struct Figure<'r> {
    /// As it was read, or mended.
    pub observation: &'r Observation,
    /// Its id: stable as long as the figure keeps its place in its article.
    pub id: String,
    /// What narrows its indicator; empty where nothing does.
    pub part: Cow<'r, str>,
    /// Its period, as the tables hold it.
    pub period: Option<String>,
    /// What it is compared with, as the tables hold it.
    pub compared_with: Option<String>,
    /// What its print allows.
    pub stated: Interval,
    /// Whether its indicator is printed by its own name, and has one value at a time and place.
    pub sure: bool,
}

impl<'r> Figure<'r> {
    /// A figure under an id.
    pub fn new(observation: &'r Observation, id: String, reference: &Reference<'_>) -> Self {
        Self {
            observation,
            id,
            part: reference.narrowing(observation),
            period: observation.period.map(|period| period.to_string()),
            compared_with: observation.compared_with.map(|with| with.to_string()),
            stated: Interval::stated(observation, &reference.checks.bounds),
            sure: is_sure(observation, reference),
        }
    }

    /// The figures of a record, in their order.
    pub fn of(record: &'r Record, reference: &Reference<'_>) -> Vec<Self> {
        let all = &record.observations;
        let figures = all.iter().enumerate().map(|(at, figure)| {
            let again = all[..at].iter().rev().take_while(|before| before.start == figure.start).filter(|before| before.end == figure.end);
            let place = [figure.start.to_string(), figure.end.to_string(), again.count().to_string()];
            let id = short_hash(&[&record.article.id, &place[0], &place[1], &place[2]]);
            Self::new(figure, id, reference)
        });
        figures.collect()
    }

    /// The series that it belongs to: a hash of its key; none where indicator, place or period is unknown.
    pub fn series(&self) -> Option<String> {
        let figure = self.observation;
        Some(short_hash(&[
            figure.indicator.as_deref()?,
            &self.part,
            figure.industry.as_deref().unwrap_or_default(),
            figure.product.as_deref().unwrap_or_default(),
            figure.partner.as_deref().unwrap_or_default(),
            figure.region.as_deref()?,
            figure.measure.as_str(),
            &figure.unit,
            self.period.as_deref()?,
            self.compared_with.as_deref().unwrap_or_default(),
            figure.status.as_str(),
        ]))
    }
}

/// Sixteen hexadecimal digits that stand for some words in their order.
pub fn short_hash(words: &[&str]) -> String {
    let mut key = String::with_capacity(words.iter().map(|word| word.len() + 1).sum());
    for word in words {
        key.push_str(word);
        key.push('\0');
    }
    blake3::hash(key.as_bytes()).to_hex()[..16].to_owned()
}
