//! A lazy frame as chunks of a fixed number of rows, in order, without holding the whole.

use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::mpsc::sync_channel;
use std::thread;

use polars::prelude::*;

use crate::ExportError;

/// Rows in a chunk and in a row group of Parquet; fixed, so that the bytes do not depend on how the frame is stored.
pub const ROWS: usize = 131_072;

/// Hands the frame on, chunk by chunk; an empty frame gives one empty chunk, so that every file has its columns.
pub fn each(frame: LazyFrame, file: &Path, mut take: impl FnMut(DataFrame) -> Result<(), ExportError>) -> Result<(), ExportError> {
    let mut lazy = frame.clone();
    let schema = lazy.collect_schema().map_err(ExportError::frame(file))?;
    let (send, receive) = sync_channel::<DataFrame>(1);
    let mut pending = DataFrame::empty_with_schema(&schema);
    let mut taken = 0;
    thread::scope(|scope| {
        let reader = scope.spawn(move || {
            let hand_on = PlanCallback::new(move |chunk: DataFrame| Ok(send.send(chunk).is_err()));
            frame.sink_batches(hand_on, true, NonZeroUsize::new(ROWS))?.collect_with_engine(Engine::Streaming)
        });
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
        };
        if pending.height() > 0 || taken == 0 {
            take(aligned(std::mem::take(&mut pending)))?;
        }
        Ok(())
    })
}

fn aligned(mut chunk: DataFrame) -> DataFrame {
    chunk.rechunk_mut_par();
    chunk
}
