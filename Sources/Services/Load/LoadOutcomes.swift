public import Base

/// What became of the loads of one or several PBXs.
public struct LoadOutcomes: ServiceResult {
    /// What became of one PBX.
    public struct Outcome: Sendable {
        /// Its name in the configuration.
        public let pbx: String
        /// What was done, or why nothing was.
        public let result: Result<LoadResult, any Error>
    }

    /// One a PBX, in the order in which they were loaded.
    public let all: [Outcome]

    /// What was done where something was.
    public var results: [LoadResult] { all.compactMap { try? $0.result.get() } }

    /// The first failure.
    public var firstError: (any Error)? {
        for case .failure(let error) in all.map(\.result) { return error }
        return nil
    }

    /// Of one PBX its object (contract, section 3); of several an object with those of all.
    public var json: JSON {
        if all.count == 1, let result = results.first { return result.json }
        let failed = all.compactMap { outcome -> JSON? in
            guard case .failure(let error) = outcome.result else { return nil }
            let category = (error as? any CategorisedError)?.category ?? .failed
            return [
                "pbx": .string(outcome.pbx), "category": .string(category.rawValue), "error": .string("\(error)"),
            ]
        }
        return ["schema_version": 1, "runs": .array(results.map(\.json)), "failed": .array(failed)]
    }
}
