import CallRecords
import Extract
import FuzzSupport

private let file = ScratchFile("cdr")

/// Plain and gzipped CDR files of any layout.
@main
struct Program {
    static func main() {
        fuzz { start, count in
            file.write(UnsafeRawBufferPointer(start: start, count: count))
            do {
                var reader = try MasterCSVReader(path: file.path)
                var batch = CDRBatch()
                var rejects: [RejectedRecord] = []
                while try reader.next(into: &batch, rejects: &rejects) { rejects.removeAll() }
            } catch {}
        }
    }
}
