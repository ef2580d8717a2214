import CallRecords
import Extract

/// Counts the legs of CDR files by disposition, and the seconds talked: `records Master.csv…`
@main
struct Records {
    static func main() throws {
        var legs: [Disposition?: Int] = [:]
        var talk = 0
        for path in CommandLine.arguments.dropFirst() {
            var reader = try MasterCSVReader(path: path)
            var batch = CDRBatch()
            var rejects: [RejectedRecord] = []
            while try reader.next(into: &batch, rejects: &rejects) {
                for leg in batch.headers {
                    legs[leg.disposition, default: 0] += 1
                    talk += Int(leg.billsec ?? 0)
                }
            }
            for reject in rejects { print("\(path):\(reject.line): \(reject.defect)") }
        }
        for (disposition, count) in legs.sorted(by: { $0.value > $1.value }) {
            print("\(disposition?.rawValue ?? "unknown"): \(count)")
        }
        print("seconds of talk: \(talk)")
    }
}
