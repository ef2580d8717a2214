public import ArgumentParser
public import Base
public import Reporting
public import Services

extension ReportInterval: ExpressibleByArgument {}

extension ServiceLevelVariant: ExpressibleByArgument {}

extension ReportFormat: ExpressibleByArgument {}

extension CSVRenderer.Dates: ExpressibleByArgument {}

extension LoadRequest.Source: ExpressibleByArgument {}

extension CallsRequest.Direction: ExpressibleByArgument {}

extension CallsRequest.Disposition: ExpressibleByArgument {}
