import Base

/// What a command reports when it fails itself: one sentence for stderr, and what kind of failure it is.
struct Failure: CategorisedError {
    let category: ErrorCategory
    /// What happened, then what to do, without secrets or callers' numbers.
    let description: String

    /// A command's failures are distinguished only by their category.
    var code: String { category.rawValue }

    init(_ category: ErrorCategory, _ description: String) {
        self.category = category
        self.description = description
    }
}
