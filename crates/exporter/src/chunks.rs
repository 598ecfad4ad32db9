//! A table as chunks of a fixed number of rows, in order, without holding the whole.

use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use polars::prelude::*;

use crate::ExportError;

/// Rows in a chunk and in a row group of Parquet; fixed, so that the bytes do not depend on how the table is stored.
pub const ROWS: usize = 131_072;

/// Hands the pieces of a table on, chunk by chunk; a table without rows gives one empty chunk, so that every file has its columns.
///
/// The next piece is read, and sorted if it has to be, while chunks are taken.
pub fn each(pieces: &[LazyFrame], file: &Path, mut take: impl FnMut(DataFrame) -> Result<(), ExportError>) -> Result<(), ExportError> {
    let schema = schema(pieces).map_err(ExportError::frame(file))?;
    let (send, receive) = sync_channel::<DataFrame>(1);
    let mut pending = DataFrame::empty_with_schema(&schema);
    let mut taken = 0;
    thread::scope(|scope| {
        // (held here, so that the reader ends when taking fails)
        let receive = receive;
        let reader = scope.spawn(move || pieces.iter().try_for_each(|piece| read(piece.clone(), send.clone())));
        for chunk in &receive {
            pending.vstack_mut_owned(chunk).map_err(ExportError::frame(file))?;
            while pending.height() >= ROWS {
                let (full, rest) = pending.split_at(ROWS as i64);
                pending = rest;
                taken += 1;
                take(aligned(full))?;
            }
        }
        match reader.join() {
            Ok(done) => done.map_err(ExportError::frame(file))?,
            Err(panic) => std::panic::resume_unwind(panic),
        }
        if pending.height() > 0 || taken == 0 {
            take(aligned(std::mem::take(&mut pending)))?;
        }
        Ok(())
    })
}

/// The columns of a table's pieces.
pub fn schema(pieces: &[LazyFrame]) -> PolarsResult<SchemaRef> {
    pieces.first().map_or_else(|| Ok(SchemaRef::default()), |piece| piece.clone().collect_schema())
}

/// Sends the rows of a piece; fails when nobody takes them any more.
fn read(piece: LazyFrame, send: SyncSender<DataFrame>) -> PolarsResult<()> {
    let taken = move |chunk| send.send(chunk).map(|()| false).map_err(|_| polars_err!(ComputeError: "nobody takes what is read"));
    let hand_on = PlanCallback::new(taken);
    piece.sink_batches(hand_on, true, NonZeroUsize::new(ROWS))?.collect_with_engine(Engine::Streaming).map(drop)
}

fn aligned(mut chunk: DataFrame) -> DataFrame {
    chunk.rechunk_mut_par();
    chunk
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn taking_that_fails_ends_the_reading() {
        let rows = DataFrame::new(ROWS, vec![Column::new("row".into(), vec![1_i64; ROWS])]).unwrap().lazy();
        let pieces = vec![rows; 20];
        let mut taken = 0;
        let failed = each(&pieces, Path::new("table.parquet"), |_| {
            taken += 1;
            Err(ExportError::Undescribed { name: "row".to_owned() })
        });
        assert!(failed.is_err());
        assert_eq!(taken, 1);
    }

    #[test]
    fn chunks_do_not_show_where_pieces_end() {
        let rows = |from: i64, count: i64| {
            let numbers: Vec<i64> = (from..from + count).collect();
            DataFrame::new(numbers.len(), vec![Column::new("row".into(), numbers)]).unwrap().lazy()
        };
        let whole = ROWS as i64 * 2 + 5;
        let heights = |pieces: &[LazyFrame]| {
            let (mut heights, mut next) = (Vec::new(), 0);
            each(pieces, Path::new("table.parquet"), |chunk| {
                for number in chunk.column("row").unwrap().i64().unwrap().iter() {
                    assert_eq!(number, Some(next));
                    next += 1;
                }
                heights.push(chunk.height());
                Ok(())
            })
            .unwrap();
            heights
        };
        assert_eq!(heights(&[rows(0, whole)]), [ROWS, ROWS, 5]);
        assert_eq!(heights(&[rows(0, 7), rows(7, 0), rows(7, whole - 7)]), [ROWS, ROWS, 5]);
        assert_eq!(heights(&[rows(0, 0)]), [0]);
    }
}
