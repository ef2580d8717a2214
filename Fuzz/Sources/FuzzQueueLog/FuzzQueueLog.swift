import CallRecords
import Extract
import FuzzSupport

private let file = ScratchFile("queue_log")

/// Plain and gzipped queue_log files.
@main
struct Program {
    static func main() {
        fuzz { start, count in
            file.write(UnsafeRawBufferPointer(start: start, count: count))
            do {
                var reader = try QueueLogReader(path: file.path)
                var batch = QueueEventBatch()
                var rejects: [RejectedRecord] = []
                while try reader.next(into: &batch, rejects: &rejects) { rejects.removeAll() }
            } catch {}
        }
    }
}
