// Nothing of it is there: a tab's services answer plain HTTP, and no other host is reached. A package may
// still name it.
export default {};
