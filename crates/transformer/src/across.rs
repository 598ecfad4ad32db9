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
    let (found, tested) = rayon::join(|| metrics::of_series(&values, reference), || checks::of_series(&values, reference));
    for metric in found {
        metric.row(&mut metric_rows);
    }
    for check in tested {
        check.row(&mut check_rows);
    }
    Ok((metric_rows.finish()?, check_rows.finish()?))
}
