# made by hand
Creator "somebody"
graph [
  directed 0
  node [ id 5 label "Ann &quot;A&quot; Lee" company "Acme" ]
  node [ id 7 label "Ben Ito" ]
  edge [ source 5 target 7 strength 0.5 ]
]
