//! What figures of several articles say together.

use polars::prelude::DataFrame;

use crate::TransformError;
use crate::checks;
use crate::metrics;
use crate::reference::Reference;

/// Metrics and checks of a frame of series that holds all series of its indicators.
pub fn of_series(series: &DataFrame, reference: &Reference<'_>) -> Result<(DataFrame, DataFrame), TransformError> {
    let mut metric_rows = crate::rows::Rows::new(reference.table("metrics")?);
    let mut check_rows = crate::rows::Rows::new(reference.table("checks")?);
    let values = crate::values::Values::read(series)?;
    for metric in metrics::of_series(&values, reference) {
        metric.row(&mut metric_rows);
    }
    for check in checks::of_series(&values, reference) {
        check.row(&mut check_rows);
    }
    Ok((metric_rows.finish()?, check_rows.finish()?))
}
