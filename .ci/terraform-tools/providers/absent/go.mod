// Stands in for a module whose host is gone. Nothing here imports it; a list of requirements of long ago names it.
module vbom.ml/util

go 1.14
