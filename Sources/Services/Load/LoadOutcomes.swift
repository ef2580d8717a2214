public import Base

/// The results of loading one or several PBXs.
public struct LoadOutcomes: ServiceResult {
    /// The result for one PBX.
    public struct Outcome: Sendable {
        /// Its name in the configuration.
        public let pbx: String
        /// What was done, or why nothing was.
        public let result: Result<LoadResult, any Error>
    }

    /// One for each PBX, in the order of loading.
    public let all: [Outcome]

    /// The results of the loads that succeeded.
    public var results: [LoadResult] { all.compactMap { try? $0.result.get() } }

    /// The first failure.
    public var firstError: (any Error)? {
        for case .failure(let error) in all.map(\.result) { return error }
        return nil
    }

    /// For one PBX its object (contract, section 3); for several, an object that contains those of all.
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
