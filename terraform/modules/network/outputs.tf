output "vpc_id" {
  description = "The VPC."
  value       = aws_vpc.this.id
}

output "cidr" {
  description = "The VPC's addresses."
  value       = aws_vpc.this.cidr_block
}

output "public_subnets" {
  description = "Subnets of load balancers, by zone."
  value       = { for zone, subnet in aws_subnet.public : zone => subnet.id }
}

output "private_subnets" {
  description = "Subnets of the service's nodes and of the control plane, by zone."
  value       = { for zone, subnet in aws_subnet.private : zone => subnet.id }
}

output "database_subnets" {
  description = "Subnets of PostgreSQL's nodes, by zone."
  value       = { for zone, subnet in aws_subnet.database : zone => subnet.id }
}

output "nat_addresses" {
  description = "Public addresses from which the nodes reach the internet."
  value       = [for address in aws_eip.nat : address.public_ip]
}
