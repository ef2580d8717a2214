import CallRecords
import Extract

/// Reads the files or the table of one source batch by batch, transforms them and passes them on.
struct SourceReader<Stage: SourceStage> {
    typealias HandOver = (Delivery<Stage.Batch>) -> Bool

    var stage: Stage
    /// The maps of earlier runs.
    let maps: [FileMap]
    /// Files of at least this size are read in part if that suffices.
    let mappedBytes: Int64

    /// Reads one file after the other. A file that cannot be read is delivered as a failure: the others may be intact.
    ///
    /// - Throws: any error that is not an `ExtractError`.
    mutating func read<File: RecordFile & ~Copyable>(
        _ paths: [String],
        _ handOver: HandOver,
        remarks: (borrowing File) -> [Remark],
        open: (String) throws -> File
    ) throws where File.Records == Stage.Batch.Records {
        for path in paths {
            do {
                var file = try open(path)
                if try !read(&file, handOver, remarks) { return }
            } catch let error as ExtractError {
                guard handOver(failure(error, path)) else { return }
            }
        }
    }

    /// Reads a table. If it cannot be read to its end, it is delivered as a failure: the other sources may be fine.
    ///
    /// - Throws: any error that is not an `ExtractError`.
    mutating func readTable<Table: RecordTable & ~Copyable>(
        _ name: String,
        _ handOver: HandOver,
        open: () throws -> Table
    ) throws where Table.Records == Stage.Batch.Records {
        do {
            var table = try open()
            try read(&table, name, handOver)
        } catch let error as ExtractError {
            _ = handOver(failure(error, name))
        }
    }

    /// Passes on what was read before the damage.
    private mutating func handOverWhole(_ delivery: inout Delivery<Stage.Batch>, _ handOver: HandOver) {
        stage.process(&delivery)
        if !delivery.batch.isEmpty || !delivery.rejected.isEmpty { _ = handOver(delivery) }
    }

    private func failure(_ error: ExtractError, _ origin: String) -> Delivery<Stage.Batch> {
        var delivery = Delivery(Stage.Batch(), origin: origin)
        delivery.failure = error
        return delivery
    }

    private mutating func read<Table: RecordTable & ~Copyable>(
        _ table: inout Table,
        _ name: String,
        _ handOver: HandOver
    ) throws where Table.Records == Stage.Batch.Records {
        stage.beginSource()
        var remarks = table.description.warnings.map(Remark.notice)
        var more = true
        while more {
            var delivery = stage.delivery(from: name)
            delivery.remarks = remarks
            do {
                more = try table.next(into: &delivery.batch.records, rejects: &delivery.rejected)
            } catch {
                handOverWhole(&delivery, handOver)
                throw error
            }
            stage.process(&delivery)
            if !more { delivery.remarks += table.notes.remarks(on: name) + stage.remarks(on: name) }
            delivery.progress = (table.notes.records, table.description.estimatedRows.map(Int64.init))
            guard handOver(delivery) else { return }
            remarks = []
        }
    }

    private mutating func read<File: RecordFile & ~Copyable>(
        _ file: inout File,
        _ handOver: HandOver,
        _ remarks: (borrowing File) -> [Remark]
    ) throws -> Bool where File.Records == Stage.Batch.Records {
        stage.beginSource()
        var course = FileCourse(file, maps: maps, mappedBytes: mappedBytes)
        var more = true
        while more {
            var delivery = stage.delivery(from: file.path)
            do {
                more = try file.next(into: &delivery.batch.records, rejects: &delivery.rejected)
            } catch {
                handOverWhole(&delivery, handOver)
                throw error
            }
            stage.process(&delivery)
            more = try course.follow(delivery.batch.spans, of: &file, stage, more: more)
            if !more {
                delivery.remarks += remarks(file) + stage.remarks(on: file.path) + course.remarks
                delivery.map = course.map
            }
            delivery.progress = (file.progress.read, file.progress.size)
            guard handOver(delivery) else { return false }
        }
        return true
    }
}
