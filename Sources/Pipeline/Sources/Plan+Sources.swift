import Load
import Postgres

extension Plan {
    /// The sources of the run, which are loaded in this order.
    func sources(pbx: Int16, _ firstLoad: FirstLoad, _ connection: borrowing Connection) throws -> [any RunSource] {
        var sources: [any RunSource] = []
        if let queueLog {
            sources.append(try QueueEventSource(queueLog, plan: self, pbx: pbx, connection))
        }
        if let cdr { sources.append(try LegSource(cdr, plan: self, pbx: pbx, firstLoad, connection)) }
        return sources
    }
}
