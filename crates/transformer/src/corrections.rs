//! Known errors of sources, mended before anything is derived.

use knowledge::Correction;
use model::{Article, Record};

use crate::TransformError;
use crate::rows::{Rows, float};
use crate::tables::Entry;

/// What a correction did to a figure.
pub struct Mended {
    /// Id of the correction.
    pub id: String,
    /// The figure, by its number in the record.
    pub figure: usize,
    was: f64,
    is: f64,
    why: String,
    by: String,
}

impl Mended {
    /// Its row.
    pub fn row(&self, rows: &mut Rows<'_>, entry: &Entry<'_>) {
        rows.text("correction", self.id.as_str())
            .text("observation", entry.figures[self.figure].id.as_str())
            .text("article", entry.record.article.id.as_str())
            .number("was", self.was)
            .number("is", self.is)
            .text("why", self.why.as_str())
            .text("by", self.by.as_str())
            .end();
    }
}

/// Mends a record; fails where the source no longer holds the error, so that no correction outlives its reason.
pub fn apply(record: &mut Record, corrections: &[Correction]) -> Result<Vec<Mended>, TransformError> {
    let mut mended = Vec::new();
    for correction in corrections.iter().filter(|correction| concerns(correction, &record.article)) {
        let found: Vec<usize> = (0..record.observations.len()).filter(|at| record.observations[*at].quote == correction.quote).collect();
        if found.is_empty() || found.iter().any(|at| record.observations[*at].value != correction.expect) {
            return Err(outdated(correction, record, &found));
        }
        for at in found {
            let figure = &mut record.observations[at];
            mended.push(Mended {
                id: correction.id.clone(),
                figure: at,
                was: float(figure.value),
                is: float(correction.value),
                why: correction.why.clone(),
                by: correction.by.clone(),
            });
            figure.value = correction.value;
        }
    }
    Ok(mended)
}

fn concerns(correction: &Correction, article: &Article) -> bool {
    match (&correction.article, &correction.url) {
        (Some(id), _) => *id == article.id,
        (None, Some(url)) => article.url.as_ref() == Some(url) || article.canonical_url.as_ref() == Some(url),
        (None, None) => false,
    }
}

fn outdated(correction: &Correction, record: &Record, found: &[usize]) -> TransformError {
    let found = match found.first() {
        Some(at) => record.observations[*at].value.to_string(),
        None => "no such figure".to_owned(),
    };
    TransformError::Correction {
        id: correction.id.clone(),
        article: record.article.id.clone(),
        expected: format!("`{}` = {}", correction.quote, correction.expect),
        found,
    }
}
