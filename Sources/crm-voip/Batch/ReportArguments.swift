public import ArgumentParser
public import Reporting

extension ReportInterval: ExpressibleByArgument {}

extension ServiceLevelVariant: ExpressibleByArgument {}
