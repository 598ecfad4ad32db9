//! The same value in several independent articles.

use rayon::prelude::*;

use super::{Blank, Check, Verdict, explain, put_subject_of, put_value};
use crate::interval::Interval;
use crate::reference::Reference;
use crate::values::{Value, Values};

/// Tests every value that two or more sources state: the first against all later ones. Numbers that differ without being
/// a conflict settle nothing: one may be revised, or about something else.
pub fn test<'f>(values: &Values<'f>, reference: &Reference<'_>) -> Vec<Check<'f>> {
    let several = values.all.par_iter().filter(|value| value.sources > 1);
    several.filter_map(|value| value.others.map(|others| compared(value, others, values, reference))).collect()
}

/// Tests a value against the numbers of its later observations.
fn compared<'f>(value: &Value<'f>, others: Interval, values: &Values<'f>, reference: &Reference<'_>) -> Check<'f> {
    let verdict = match (value.conflict, value.agreed && value.first.is_bounded()) {
        (true, _) => Verdict::Inconsistent,
        (false, true) => Verdict::Consistent,
        (false, false) => Verdict::Undetermined,
    };
    let explanation = explain("sources_agree", verdict, reference, |blank, say, text| match blank {
        Blank::What => put_subject_of(value, say, reference, text),
        Blank::Stated => put_value(value, say, text),
        Blank::Computed => say.put_interval(others, value.unit, text),
        Blank::How => text.push_str(&value.sources.to_string()),
    });
    Check {
        check: "sources_agree",
        article: None,
        indicator: Some(value.indicator),
        region: Some(value.region),
        period: Some(value.period),
        unit: Some(value.unit),
        stated: Some(value.first),
        computed: Some(others),
        verdict,
        explanation,
        inputs: values.observations(value).into_iter().map(Into::into).collect(),
    }
}
