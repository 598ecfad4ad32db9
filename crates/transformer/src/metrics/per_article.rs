//! Counts of one article: how much it says, and how well it says from whom.

use std::collections::BTreeMap;

use model::Record;

use super::Metric;
use crate::interval::Interval;

/// Words, figures, figures per 1,000 words, share of figures with a source, figures by indicator and by region.
pub fn derive(record: &Record, words: u32) -> Vec<Metric<'_>> {
    let (words, figures) = (f64::from(words), record.observations.len() as f64);
    let mut found =
        vec![count(record, "per_article_words", words, "words of the text"), count(record, "per_article_figures", figures, "observations")];
    if words > 0.0 {
        found.push(count(record, "per_article_figures_per_1000_words", figures / words * 1000.0, "observations ÷ words × 1,000"));
    }
    if figures > 0.0 {
        let sourced = record.observations.iter().filter(|figure| figure.speaker.is_some()).count() as f64;
        let mut share = count(record, "per_article_sourced_share", sourced / figures * 100.0, "observations with a speaker ÷ observations");
        share.unit = "%";
        found.push(share);
    }
    let (mut indicators, mut regions) = (BTreeMap::<&str, usize>::new(), BTreeMap::<&str, usize>::new());
    for figure in &record.observations {
        if let Some(indicator) = figure.indicator.as_deref() {
            *indicators.entry(indicator).or_default() += 1;
        }
        if let Some(region) = figure.region.as_deref() {
            *regions.entry(region).or_default() += 1;
        }
    }
    for (indicator, figures) in indicators {
        let mut metric = count(record, "per_article_indicator_figures", figures as f64, "observations of the indicator");
        metric.indicator = Some(indicator);
        found.push(metric);
    }
    for (region, figures) in regions {
        let mut metric = count(record, "per_article_region_figures", figures as f64, "observations about the place");
        metric.region = Some(region);
        found.push(metric);
    }
    found
}

fn count<'a>(record: &'a Record, metric: &'static str, value: f64, formula: &'static str) -> Metric<'a> {
    Metric {
        metric,
        article: Some(&record.article.id),
        indicator: None,
        breakdown: None,
        industry: None,
        product: None,
        partner: None,
        region: None,
        measure: None,
        period: None,
        compared_with: None,
        status: None,
        value,
        range: Interval::point(value),
        unit: "count",
        formula: formula.into(),
        inputs: Vec::new(),
    }
}
