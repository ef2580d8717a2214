import CallRecords
import Extract
import FuzzSupport

private let file = ScratchFile("gzip")

/// The header of a gzip file without a name (RFC 1952). The fuzzer supplies the deflated data, valid or not.
private let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]

/// Gzipped files with arbitrary deflated data.
@main
struct Program {
    static func main() {
        fuzz { start, count in
            (header + UnsafeBufferPointer(start: start, count: count)).withUnsafeBytes { file.write($0) }
            do {
                var reader = try QueueLogReader(path: file.path)
                var batch = QueueEventBatch()
                var rejects: [RejectedRecord] = []
                while try reader.next(into: &batch, rejects: &rejects) { rejects.removeAll() }
            } catch {}
            do {
                var reader = try MasterCSVReader(path: file.path)
                var batch = CDRBatch()
                var rejects: [RejectedRecord] = []
                while try reader.next(into: &batch, rejects: &rejects) { rejects.removeAll() }
            } catch {}
        }
    }
}
